import { BerthError } from '../../errors.ts';
import { textOf } from '../text-of.ts';
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
  return (await textsOf(repository, [blob])).get(file);
}

/** Every file below the platform's folder with one of these extensions, as a commit has it. */
export async function readAllAt(
  repository: OpenRepository,
  revision: string,
  extensions: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const all = await blobs(repository, revision);
  return textsOf(
    repository,
    all.filter(({ file }) => extensions.some((extension) => file.endsWith(extension))),
  );
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

async function textsOf({ run }: OpenRepository, wanted: readonly Blob[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  // What is too large is refused before Git is asked for it.
  for (const { file, size } of wanted) if (size > 1_000_000) await textOf(file, size, async () => new Uint8Array());
  if (wanted.length === 0) return texts;
  const input = wanted.map(({ id }) => `${id}\n`).join('');
  const { bytes } = orFail(await run(['cat-file', '--batch'], { input }), 'Reading files');
  let at = 0;
  for (const { file, size } of wanted) {
    const begin = bytes.indexOf('\n', at) + 1;
    texts.set(file, await textOf(file, size, async () => bytes.subarray(begin, begin + size)));
    at = begin + size + 1;
  }
  return texts;
}

/** Revisions come from Git itself; anything else could be read as an option. */
export function commit(revision: string): string {
  if (/^[0-9a-f]{7,64}$/.test(revision)) return revision;
  throw new BerthError('GIT_FAILED', `"${revision.slice(0, 80)}" is no commit`, {});
}
