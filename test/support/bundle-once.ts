import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The bundled command line, as users run it: `spawn(process.execPath, [berthBinary, …])`. */
export const berthBinary = join(root, 'dist/cli/main.js');

/** Before all suites: those that start berth as a process of its own get what the sources say now. */
export default function bundleOnce(): void {
  const newestSource = Math.max(...['src', 'scripts'].flatMap((folder) => modificationTimes(join(root, folder))));
  const built = statSync(berthBinary, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built < newestSource) execFileSync(process.execPath, [join(root, 'scripts/bundle.mjs')], { stdio: 'inherit' });
}

function modificationTimes(folder: string): number[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
}
