import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { BerthError } from '../errors.ts';
import type { Sources } from './sources.ts';
import { textOf } from './text-of.ts';

const skipped = new Set(['.git', '.venv', '__pycache__', 'build', 'coverage', 'dist', 'node_modules']);
const mostFiles = 1000;

export const diskSources: Sources = {
  async read(path) {
    const top = resolve(path);
    const found = await stat(top).catch(ignoreMissing);
    if (!found) return undefined;
    if (!found.isDirectory()) return new Map([[basename(top), await text(top, path)]]);
    const files = new Map<string, string>();
    for (const name of await namesBelow(top, '')) files.set(name, await text(join(top, name), `${path}/${name}`));
    return files;
  },
};

async function namesBelow(top: string, folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(join(top, folder), { withFileTypes: true })) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (skipped.has(entry.name)) continue;
    if (entry.isDirectory()) names.push(...(await namesBelow(top, name)));
    else if (entry.isFile()) names.push(name);
    if (names.length > mostFiles) {
      throw new BerthError('MANIFEST_UNREADABLE', `${top} has more than ${mostFiles} files`, {
        hint: 'Name the folder of the server alone.',
      });
    }
  }
  return names.toSorted();
}

async function text(path: string, shown: string): Promise<string> {
  return textOf(shown, (await stat(path)).size, async () => readFile(path));
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
