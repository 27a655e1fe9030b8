import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readFile, readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { BerthError } from '../errors.ts';
import { reached } from './fault-points.ts';
import type { Files } from './files.ts';
import { isAlive } from './is-alive.ts';
import { textOf, textOrStandIn } from './text-of.ts';

const skipped = new Set(['.git', 'node_modules', '.berth/state']);

/** The working tree on disk. Nothing is followed or written outside of `root`. */
export function diskFiles(root: string): Files {
  return {
    async readAll(extensions) {
      const names = (await namesBelow(root, '')).filter((name) => extensions.some((end) => name.endsWith(end)));
      const texts = await inTurn(names, async (name) => readText(root, name, textOrStandIn));
      return new Map(texts.filter(([, text]) => text !== undefined) as [string, string][]);
    },
    read: async (file) => readText(root, inside(file), async (size, read) => textOf(file, size, read)),
    async write(file, text, { mode } = {}) {
      const target = await placeFor(root, inside(file));
      await removeLeftovers(dirname(target));
      await replace(target, text, mode ?? (await stat(target).catch(ignoreMissing))?.mode);
    },
    async remove(file) {
      const target = join(root, inside(file));
      await rm(target, { force: true });
      await removeEmptyFolders(root, dirname(target));
    },
  };
}

async function namesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (skipped.has(entry.name) || skipped.has(name)) continue;
    if (entry.isDirectory()) names.push(...(await namesBelow(root, name)));
    else if (entry.isFile()) names.push(name);
  }
  return names;
}

/** Sixteen at a time: enough for a fast disk, and far from the limit of open files. */
async function inTurn<T>(names: readonly string[], read: (name: string) => Promise<T>): Promise<[string, T][]> {
  const results: [string, T][] = [];
  const waiting = names.entries();
  const worker = async (): Promise<void> => {
    for (const [index, name] of waiting) results[index] = [name, await read(name)];
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return results;
}

async function readText(root: string, name: string, decode: typeof textOrStandIn): Promise<string | undefined> {
  const path = join(root, name);
  const found = await lstat(path).catch(ignoreMissing);
  if (!found || found.isDirectory()) return undefined;
  if (found.isSymbolicLink()) await mustBeInside(root, path);
  const { size } = await stat(path);
  return decode(size, async () => readFile(path));
}

/** Where a file really is: through symbolic links, as long as they stay in the repository. */
async function placeFor(root: string, file: string): Promise<string> {
  const path = join(root, file);
  const nearest = await nearestExisting(dirname(path));
  await mustBeInside(root, nearest);
  await mkdir(dirname(path), { recursive: true });
  const link = await lstat(path).catch(ignoreMissing);
  if (!link?.isSymbolicLink()) return path;
  await mustBeInside(root, path);
  return realpath(path);
}

async function nearestExisting(folder: string): Promise<string> {
  return (await lstat(folder).catch(ignoreMissing)) ? folder : nearestExisting(dirname(folder));
}

async function mustBeInside(root: string, path: string): Promise<void> {
  const away = relative(await realpath(root), await realpath(path));
  if (away === '..' || away.startsWith(`..${sep}`)) {
    throw new BerthError('MANIFEST_UNREADABLE', `${relative(root, path)} is a link that leads out of the repository`, {
      hint: 'Replace the link by the file, or move what it points at into the repository.',
    });
  }
}

function inside(file: string): string {
  if (!file.startsWith('/') && !file.split('/').includes('..')) return file;
  throw new BerthError('USAGE', `${file} lies outside of the repository`, {
    hint: 'Name a path below the folder of berth.yaml.',
  });
}

/** Readers see the old text or the new one, whenever the process or the machine stops. */
async function replace(target: string, text: string, mode = 0o666): Promise<void> {
  const temporary = join(
    dirname(target),
    `.${basename(target)}.${process.pid}-${randomBytes(4).toString('hex')}.berth-tmp`,
  );
  const file = await open(temporary, 'wx', mode & 0o777);
  try {
    const half = Math.floor(text.length / 2);
    await file.writeFile(text.slice(0, half));
    reached('write-middle');
    await file.writeFile(text.slice(half));
    await file.sync();
  } finally {
    await file.close();
  }
  reached('write-before-rename');
  await rename(temporary, target);
  reached('write-after-rename');
  const folder = await open(dirname(target), 'r');
  await folder.sync().finally(async () => folder.close());
}

/** What writers left behind that were killed on the way; those that are alive still need theirs. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /\.(\d+)-[0-9a-f]{8}\.berth-tmp$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  if (relative(root, folder) === '') return;
  const gone = await rmdir(folder).then(
    () => true,
    () => false,
  );
  if (gone) await removeEmptyFolders(root, dirname(folder));
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
