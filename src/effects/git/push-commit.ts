import { BerthError } from '../../errors.ts';
import { reached } from '../fault-points.ts';
import { unreachable } from './fetch-target.ts';
import { words } from './git-error.ts';
import type { OpenRepository } from './open-repository.ts';
import { hasHook, hookFailed } from './write-commit.ts';

export interface Pushed {
  commit: string;
  pushed: boolean;
  branch: string;
}

interface Push {
  commit: string;
  remote: string;
  branch: string;
}

/** Never forced, never elsewhere: the remote takes the commit, or says why not. */
export async function pushCommit(
  { run, hooks }: OpenRepository,
  cwd: string,
  { commit, remote, branch }: Push,
  signal: AbortSignal,
): Promise<Pushed | 'moved'> {
  const options = ['--porcelain', '--no-follow-tags', '--recurse-submodules=no', '--no-force-with-lease'];
  const answer = await run(['push', ...options, remote, `${commit}:refs/heads/${branch}`], {
    cwd,
    config: { 'core.hooksPath': hooks },
    signal,
    seconds: 600,
    started: () => reached('pushing'),
  });
  if (answer.code === 0) {
    reached('pushed');
    return { commit, pushed: true, branch };
  }
  const refused = /^!\t[^\t]*\t(.*)$/m.exec(answer.stdout)?.[1];
  if (refused !== undefined) {
    // Somebody else pushed since the fetch, or is pushing in this moment.
    if (/fetch first|non-fast-forward|failed to update ref|cannot lock ref|incorrect old value/.test(refused)) {
      return 'moved';
    }
    throw rejected(remote, branch, refused, words(answer));
  }
  if (hasHook(hooks, 'pre-push') && !/^fatal:/m.test(answer.stderr)) {
    throw hookFailed('pre-push', words(answer), `${remote}/${branch}`);
  }
  throw unreachable(remote, answer);
}

function rejected(remote: string, branch: string, reason: string, stderr: string): BerthError {
  const said = stderr
    .split('\n')
    .filter((line) => line.startsWith('remote:'))
    .map((line) => line.slice('remote:'.length).trim())
    .filter(Boolean);
  const server = said.length > 0 ? `: ${said.join(' ')}` : '';
  return new BerthError('GIT_PUSH_REJECTED', `${remote} refused ${branch}, ${reason}${server}`, {
    hint: 'Nothing was changed there or here. Where the branch is protected, run the command again with --pull-request.',
  });
}
