import { BerthError } from '../../errors.ts';
import { reached } from '../fault-points.ts';
import type { CommitRequest, GitTarget } from '../git.ts';
import { fetchTarget } from './fetch-target.ts';
import type { OpenRepository } from './open-repository.ts';
import { type Pushed, pushCommit } from './push-commit.ts';
import { stageChanges } from './stage-changes.ts';
import { inTemporaryWorktree } from './temporary-worktree.ts';
import { isEmpty, writeCommit } from './write-commit.ts';

/** How often a commit is built anew because somebody else was faster. */
const attempts = 5;

/** Builds the commit on what the remote has now, pushes it, and begins again where the remote moved in between. */
export async function commitAndPush(
  repository: OpenRepository,
  request: CommitRequest,
  signal: AbortSignal,
): Promise<Pushed> {
  const branch = request.toBranch ?? request.target.branch;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const { base, isThere } = await baseOf(repository, request, signal);
    const outcome = await inTemporaryWorktree(repository, base, async (folder): Promise<Pushed | 'moved'> => {
      const commit = await build(repository, folder, base, request, signal);
      if (commit === base && isThere) return { commit, pushed: false, branch };
      reached('committed');
      return pushCommit(repository, folder, { commit, remote: request.target.remote, branch }, signal);
    });
    if (outcome !== 'moved') return outcome;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 200 * attempt));
  }
  throw new BerthError('GIT_PUSH_REJECTED', `${request.target.remote}/${branch} moved ${attempts} times in between`, {
    hint: 'Others are pushing to it just now. Run the same command again: finished steps are skipped.',
  });
}

/** The new commit; the base itself where the changes, or a hook, leave nothing to commit. */
async function build(
  repository: OpenRepository,
  folder: string,
  base: string | undefined,
  request: CommitRequest,
  signal: AbortSignal,
): Promise<string> {
  const changed = await stageChanges(repository, folder, base, request.changes);
  if (!changed && base !== undefined) return base;
  reached('commit-staged');
  const commit = await writeCommit(repository, folder, request, signal);
  return base !== undefined && (await isEmpty(repository, commit, base)) ? base : commit;
}

/** A branch of ours that waits for its merge goes on from where it is; any other commit begins at the target. */
async function baseOf(
  repository: OpenRepository,
  { target, toBranch }: CommitRequest,
  signal: AbortSignal,
): Promise<{ base: string | undefined; isThere: boolean }> {
  const own =
    toBranch === undefined ? undefined : await fetchTarget(repository, { ...target, branch: toBranch }, signal);
  if (own !== undefined) return { base: own, isThere: true };
  const base = await fetchTarget(repository, target, signal);
  if (base !== undefined) return { base, isThere: toBranch === undefined };
  return { base: await localBeginning(repository, target), isThere: false };
}

/** A remote without the branch gets the local branch of that name with it: a history of its own would fit nowhere. */
export async function localBeginning(
  { run }: OpenRepository,
  { remote, branch }: GitTarget,
): Promise<string | undefined> {
  const local = await run(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`]);
  if (local.code === 0) return local.stdout.trim();
  if ((await run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])).code !== 0) return undefined;
  throw new BerthError('GIT_NO_TARGET', `${remote} has no branch ${branch}, and neither has this repository`, {
    hint: `Push what it shall begin with: git push ${remote} HEAD:refs/heads/${branch}`,
  });
}
