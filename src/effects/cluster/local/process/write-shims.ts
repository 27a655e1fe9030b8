import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeRootScript } from './make-root.ts';
import { nodePortShim } from './node-port-shim.ts';
import { pythonPortShim } from './python-port-shim.ts';

/** Writes what is loaded into the processes of pods. Never a half of it: another pod may be starting with it just now. */
export async function writeShims(folder: string): Promise<void> {
  const files = {
    'make-root.sh': makeRootScript,
    'ports.mjs': nodePortShim,
    'python/sitecustomize.py': pythonPortShim,
  };
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.${process.pid}`, text);
    await rename(`${file}.${process.pid}`, file);
  }
}
