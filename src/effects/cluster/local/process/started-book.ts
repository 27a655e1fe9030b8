import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcess } from './end-processes.ts';
import { processEntry } from './process-table.ts';

/** Which processes were started, on disk: a process may wipe out its environment, and the mark in it. */
export class StartedBook {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async add(pid: number, name: string): Promise<void> {
    const entry = await processEntry(pid);
    if (!entry) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(join(this.#folder, String(pid)), JSON.stringify({ start: entry.start, name }));
  }

  async remove(pid: number): Promise<void> {
    await rm(join(this.#folder, String(pid)), { force: true });
  }

  /** Ends those that still run; gives back their names. */
  async endAll(): Promise<readonly string[]> {
    const ended: string[] = [];
    for (const file of await readdir(this.#folder).catch(() => [])) {
      const pid = Number(file);
      const written = readEntry(await readFile(join(this.#folder, file), 'utf8').catch(() => ''));
      if (written && (await endProcess({ pid, group: pid, start: written.start }))) ended.push(written.name);
      await this.remove(pid);
    }
    return ended;
  }
}

/** One that was cut off in the middle says nothing. */
function readEntry(text: string): { start: string; name: string } | undefined {
  try {
    const { start, name } = JSON.parse(text) as { start?: unknown; name?: unknown };
    return typeof start === 'string' && typeof name === 'string' ? { start, name } : undefined;
  } catch {
    return undefined;
  }
}
