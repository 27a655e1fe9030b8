import { BerthError } from '../../errors.ts';
import { mostBytes, unreadableText } from '../../yaml/unreadable-text.ts';
import { textOf, textOrStandIn } from '../text-of.ts';
import { orFail } from './git-error.ts';
import type { OpenRepository } from './open-repository.ts';

interface Blob {
  id: string;
  size: number;
  /** From the platform's folder. */
  file: string;
}

/** The text of a file at a commit; undefined where there is none. */
export async function showFile(
  repository: OpenRepository,
  revision: string,
  file: string,
): Promise<string | undefined> {
  const [blob] = await blobs(repository, revision, file);
  if (blob?.file !== file) return undefined;
  return textOf(file, blob.size, async () => (await bytesOf(repository, [blob]))[0] ?? new Uint8Array());
}

/** Every file below the platform's folder with one of these extensions, as a commit has it. */
export async function readAllAt(
  repository: OpenRepository,
  revision: string,
  extensions: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const all = await blobs(repository, revision);
  const wanted = all.filter(({ file }) => extensions.some((extension) => file.endsWith(extension)));
  const small = wanted.filter(isSmall);
  const bytes = await bytesOf(repository, small);
  const texts = new Map(wanted.map(({ file }) => [file, unreadableText('TOO_LARGE')]));
  for (const [index, { file, size }] of small.entries()) {
    texts.set(file, await textOrStandIn(size, async () => bytes[index] ?? new Uint8Array()));
  }
  return texts;
}

export async function listFilesAt(repository: OpenRepository, revision: string, folder: string): Promise<string[]> {
  return (await blobs(repository, revision, folder)).map(({ file }) => file);
}

/** Symbolic links and submodules are no files of ours. */
async function blobs({ run, top, prefix }: OpenRepository, revision: string, place = ''): Promise<Blob[]> {
  const path = `${prefix}${place}`;
  const args = ['ls-tree', '-r', '-l', '-z', '--full-tree', commit(revision), ...(path === '' ? [] : ['--', path])];
  const { stdout } = orFail(await run(args, { cwd: top }), `Reading ${revision}`);
  return stdout.split('\0').flatMap((line) => {
    const found = /^(?:100644|100755) blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line);
    const [, id = '', size = '0', name = ''] = found ?? [];
    return name.startsWith(prefix) && found ? [{ id, size: Number(size), file: name.slice(prefix.length) }] : [];
  });
}

/** What is too large is refused before Git is asked for it. */
const isSmall = ({ size }: Blob): boolean => size <= mostBytes;

async function bytesOf({ run }: OpenRepository, wanted: readonly Blob[]): Promise<Uint8Array[]> {
  if (wanted.length === 0) return [];
  const input = wanted.map(({ id }) => `${id}\n`).join('');
  const { bytes } = orFail(await run(['cat-file', '--batch'], { input }), 'Reading files');
  let at = 0;
  return wanted.map(({ size }) => {
    const begin = bytes.indexOf('\n', at) + 1;
    at = begin + size + 1;
    return bytes.subarray(begin, begin + size);
  });
}

/** Revisions come from Git itself; anything else could be read as an option. */
export function commit(revision: string): string {
  if (/^[0-9a-f]{7,64}$/.test(revision)) return revision;
  throw new BerthError('GIT_FAILED', `"${revision.slice(0, 80)}" is no commit`, {});
}
