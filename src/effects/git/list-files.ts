import { orFail } from './git-error.ts';
import type { OpenRepository } from './open-repository.ts';

/** Tracked files of a folder, removed ones too, and new ones that are not ignored. */
export async function listFiles({ run, top, prefix }: OpenRepository, folder: string): Promise<string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', `${prefix}${folder}`];
  const { stdout } = orFail(await run(args, { cwd: top }), `Listing ${folder}`);
  const names = stdout.split('\0').filter((name) => name !== '' && name.startsWith(prefix));
  return [...new Set(names)].toSorted().map((name) => name.slice(prefix.length));
}
