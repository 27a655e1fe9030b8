import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { reached } from '../fault-points.ts';
import { isAlive } from '../is-alive.ts';
import { orFail } from './git-error.ts';
import type { OpenRepository } from './open-repository.ts';

/**
 * Checks a commit out into a worktree of its own, below the repository's Git folder, and takes it away again. Without
 * a commit the worktree is empty and on no branch yet.
 */
export async function inTemporaryWorktree<T>(
  repository: OpenRepository,
  base: string | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const home = homeOf(repository);
  await removeLeftovers(repository);
  await mkdir(home, { recursive: true });
  const folder = join(home, `${process.pid}-${randomBytes(4).toString('hex')}`);
  const config = { 'core.hooksPath': '/dev/null', 'checkout.defaultRemote': '' };
  try {
    const start = base ?? (await emptyCommit(repository));
    const added = ['worktree', 'add', '--quiet', '--detach', folder, start];
    orFail(await repository.run(added, { config, seconds: 300 }), 'Checking out the target branch');
    reached('worktree-added');
    if (base === undefined) await beUnborn(repository, folder);
    return await work(folder);
  } finally {
    await removeWorktree(repository, folder);
  }
}

const homeOf = ({ commonDir }: OpenRepository): string => join(commonDir, 'berth');

/** A commit to begin a worktree with where the target has none; it is never pushed. */
async function emptyCommit({ run }: OpenRepository): Promise<string> {
  const tree = orFail(await run(['hash-object', '-t', 'tree', '-w', '--stdin'], { input: '' }), 'Making a tree').stdout;
  const who = { GIT_AUTHOR_NAME: 'berth', GIT_AUTHOR_EMAIL: 'berth@localhost' };
  const env = { ...who, GIT_COMMITTER_NAME: 'berth', GIT_COMMITTER_EMAIL: 'berth@localhost' };
  const made = await run(['commit-tree', tree.trim(), '-m', 'empty'], { env, config: { 'commit.gpgSign': 'false' } });
  return orFail(made, 'Making a first commit').stdout.trim();
}

/** So that the next commit becomes a root. The branch exists in no moment. */
async function beUnborn({ run }: OpenRepository, cwd: string): Promise<void> {
  const args = ['symbolic-ref', 'HEAD', `refs/berth/first-${basename(cwd)}`];
  orFail(await run(args, { cwd }), 'Beginning a history');
}

/** Takes away the worktrees of runs that were killed; those of living ones are theirs. */
export async function removeLeftovers(repository: OpenRepository): Promise<void> {
  const home = homeOf(repository);
  const left = await readdir(home).catch(() => []);
  const dead = left.filter((name) => !isAlive(Number(name.split('-')[0])));
  for (const name of dead) await removeWorktree(repository, join(home, name));
}

/** By hand, not by `git worktree prune`: that would also forget worktrees of the user's whose disk is away just now. */
async function removeWorktree({ commonDir, run }: OpenRepository, folder: string): Promise<void> {
  const entries = join(commonDir, 'worktrees');
  for (const name of await readdir(entries).catch(() => [])) {
    const points = (await readFile(join(entries, name, 'gitdir'), 'utf8').catch(() => '')).trim();
    if (dirname(points) === folder || points.startsWith(folder + sep)) {
      await rm(join(entries, name), { recursive: true, force: true });
    }
  }
  await rm(folder, { recursive: true, force: true });
  await run(['update-ref', '-d', `refs/berth/first-${basename(folder)}`]);
}
