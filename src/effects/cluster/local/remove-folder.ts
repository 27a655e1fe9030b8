import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes what a pod has left, also folders that it made unwritable. */
export async function removeFolder(folder: string): Promise<void> {
  await makeWritable(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function makeWritable(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    await chmod(path, 0o700).catch(() => undefined);
    await makeWritable(path);
  }
}
