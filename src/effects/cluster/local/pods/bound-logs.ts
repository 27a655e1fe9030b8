import { copyFile, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

const mostBytes = 10 * 1024 * 1024;
const everyMilliseconds = 30_000;

/** Keeps logs from filling the disk: one that is too long becomes `.1`, in place of the one before, and begins again. */
export function boundLogs(stateFolder: string, limit = mostBytes, every = everyMilliseconds): () => void {
  const timer = setInterval(() => void boundOnce(join(stateFolder, 'logs'), limit), every);
  timer.unref();
  return () => clearInterval(timer);
}

async function boundOnce(folder: string, limit: number): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names.filter((each) => each.endsWith('.log'))) {
    const file = join(folder, name);
    const size = (await stat(file).catch(() => undefined))?.size ?? 0;
    if (size <= limit) continue;
    // Writers append: they go on at the new end.
    await copyFile(file, `${file}.1`).catch(() => undefined);
    await truncate(file).catch(() => undefined);
  }
}
