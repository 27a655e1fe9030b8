import { BerthError } from '../../errors.ts';
import type { Git, GitTarget } from '../git.ts';
import { commitAndPush, localBeginning } from './commit-and-push.ts';
import { fastForward } from './fast-forward.ts';
import { fetchTarget } from './fetch-target.ts';
import { changesOf, commitsWithTrailer, commonBase, lastCommitOf } from './git-history.ts';
import { gitTarget } from './git-target.ts';
import { listFiles } from './list-files.ts';
import { type OpenRepository, openRepository } from './open-repository.ts';
import { listFilesAt, readAllAt, showFile } from './read-revision.ts';

/** The repository around `root`, through the `git` command. */
export function realGit(root: string): Git {
  let opened: Promise<OpenRepository | undefined> | undefined;
  const find = async (): Promise<OpenRepository | undefined> => (opened ??= openRepository(root));
  const repository = async (): Promise<OpenRepository> => {
    const found = await find();
    if (found) return found;
    opened = undefined;
    throw new BerthError('GIT_NO_REPOSITORY', 'This folder is in no Git repository', {
      hint: 'Run "git init", or go to the folder that has your platform.',
    });
  };
  const fetch = async (target: GitTarget, signal: AbortSignal): Promise<string | undefined> =>
    fetchTarget(await repository(), target, signal);

  return {
    root: async () => (await find())?.top,
    target: async (configured) => gitTarget(await repository(), configured),
    fetch,
    beginning: async (target) => localBeginning(await repository(), target),
    listFiles: async (folder) => listFiles(await repository(), folder),
    listFilesAt: async (revision, folder) => listFilesAt(await repository(), revision, folder),
    show: async (revision, file) => showFile(await repository(), revision, file),
    readAllAt: async (revision, extensions) => readAllAt(await repository(), revision, extensions),
    async isAncestor(ancestor, descendant) {
      const { run } = await repository();
      // What a cluster calls its revision may be anything; a commit that is not here is no descendant that we know of.
      if (![ancestor, descendant].every((revision) => /^[0-9a-f]{7,64}$/.test(revision))) return false;
      return (await run(['merge-base', '--is-ancestor', ancestor, descendant])).code === 0;
    },
    commitAndPush: async (request, signal) => commitAndPush(await repository(), request, signal),
    fastForward: async (target, commit) => fastForward(await repository(), target, commit),
    commitsWithTrailer: async (head, trailer, value) => commitsWithTrailer(await repository(), head, trailer, value),
    lastCommitOf: async (head, files) => lastCommitOf(await repository(), head, files),
    commonBase: async (other) => commonBase(await repository(), other),
    changesOf: async (commit) => changesOf(await repository(), commit),
  };
}
