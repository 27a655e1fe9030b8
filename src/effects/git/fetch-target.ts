import { BerthError } from '../../errors.ts';
import type { GitTarget } from '../git.ts';
import { words } from './git-error.ts';
import type { OpenRepository } from './open-repository.ts';
import type { GitAnswer } from './run-git.ts';

/** The commit that the remote's branch is at now, with its history here; undefined where there is no such branch. */
export async function fetchTarget(
  repository: OpenRepository,
  { remote, branch }: GitTarget,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { run } = repository;
  const ref = `refs/heads/${branch}`;
  for (let attempt = 1; ; attempt += 1) {
    const listed = await run(['ls-remote', '--quiet', remote, ref], { signal, seconds: 120 });
    if (listed.code !== 0) throw unreachable(remote, listed);
    const head = listed.stdout
      .split('\n')
      .map((line) => line.split('\t'))
      .find(([, name]) => name === ref)?.[0];
    if (head === undefined || ((await isHere(repository, head)) && (await isKnown(repository, remote, branch, head)))) {
      return head;
    }
    const fetched = await run(
      ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', remote, ref],
      { signal, seconds: 300 },
    );
    if (fetched.code === 0 && (await isHere(repository, head))) return head;
    // Another fetch held a lock, or the branch was rewritten since it was listed.
    const passes = fetched.code === 0 || /cannot lock ref|\.lock'|couldn't find remote ref/.test(fetched.stderr);
    if (!passes || attempt >= 5) throw unreachable(remote, fetched);
    await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
  }
}

async function isHere({ run }: OpenRepository, commit: string): Promise<boolean> {
  return (await run(['cat-file', '-e', `${commit}^{commit}`])).code === 0;
}

/** Where a remote-tracking branch is kept, it is brought up to date too, as any fetch would. */
async function isKnown({ run }: OpenRepository, remote: string, branch: string, commit: string): Promise<boolean> {
  const { code, stdout } = await run(['rev-parse', '--verify', '--quiet', `refs/remotes/${remote}/${branch}`]);
  return code !== 0 || stdout.trim() === commit;
}

export function unreachable(remote: string, answer: GitAnswer): BerthError {
  return new BerthError('GIT_REMOTE_UNREACHABLE', `The remote ${remote} could not be reached: ${words(answer)}`, {
    hint: `See that "git fetch ${remote}" works, then run the same command again: finished steps are skipped.`,
  });
}
