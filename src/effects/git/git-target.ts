import { BerthError } from '../../errors.ts';
import type { GitTarget } from '../git.ts';
import type { OpenRepository } from './open-repository.ts';

/** The configured target; what it leaves open is taken from the upstream of the current branch. */
export async function gitTarget(repository: OpenRepository, configured: Partial<GitTarget>): Promise<GitTarget> {
  const current = await currentBranch(repository);
  const upstream = current === undefined ? undefined : await upstreamOf(repository, current);
  const remotes = (await repository.run(['remote'])).stdout.split('\n').filter(Boolean);
  const remote = configured.remote ?? upstream?.remote ?? (remotes.length === 1 ? remotes[0] : undefined);
  const branch = configured.branch ?? (remote === upstream?.remote ? upstream?.branch : undefined);

  if (remote === undefined || branch === undefined) {
    throw new BerthError('GIT_NO_TARGET', noTarget(current, remotes.length), {
      hint: `Set "git: { remote: …, branch: … }" in berth.yaml${current === undefined ? '' : `, or run "git push -u ${remote ?? 'origin'} ${current}"`}.`,
    });
  }
  if (!remotes.includes(remote)) {
    throw new BerthError('GIT_NO_TARGET', `There is no remote "${remote}"`, {
      hint: remotes.length > 0 ? `Known: ${remotes.join(', ')}.` : `Run "git remote add ${remote} <URL>".`,
    });
  }
  const { code } = await repository.run(['check-ref-format', `refs/heads/${branch}`]);
  if (code === 0 && !branch.startsWith('-')) return { remote, branch };
  throw new BerthError('GIT_NO_TARGET', `"${branch}" cannot be the name of a branch`, {
    hint: 'Correct git.branch in berth.yaml.',
  });
}

/** undefined while HEAD is detached. */
export async function currentBranch(repository: OpenRepository): Promise<string | undefined> {
  const { code, stdout } = await repository.run(['symbolic-ref', '--quiet', 'HEAD']);
  return code === 0 ? stdout.trim().replace(/^refs\/heads\//, '') : undefined;
}

export async function upstreamOf(repository: OpenRepository, branch: string): Promise<GitTarget | undefined> {
  const [remote, merge] = await Promise.all(
    ['remote', 'merge'].map(async (key) =>
      (await repository.run(['config', '--get', `branch.${branch}.${key}`])).stdout.trim(),
    ),
  );
  // "." is a branch of this same repository: nothing that a cluster could follow.
  if (!remote || remote === '.' || !merge?.startsWith('refs/heads/')) return undefined;
  return { remote, branch: merge.slice('refs/heads/'.length) };
}

function noTarget(current: string | undefined, remotes: number): string {
  if (remotes === 0) return 'The repository has no remote';
  return current === undefined ? 'HEAD is detached, so it has no upstream' : `The branch ${current} has no upstream`;
}
