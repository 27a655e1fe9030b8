import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { BerthError } from '../../errors.ts';
import type { CommitRequest } from '../git.ts';
import { words } from './git-error.ts';
import type { OpenRepository } from './open-repository.ts';
import type { GitAnswer } from './run-git.ts';

/** Commits what is staged as the user would: with their name, hooks and signature. */
export async function writeCommit(
  { run, hooks }: OpenRepository,
  cwd: string,
  { message, trailers, target }: Pick<CommitRequest, 'message' | 'trailers' | 'target'>,
  signal: AbortSignal,
): Promise<string> {
  const lines = Object.entries(trailers).map(([key, value]) => `${key}: ${value}`);
  const input = `${message.trim()}\n${lines.length > 0 ? `\n${lines.join('\n')}\n` : ''}`;
  const config = { 'core.hooksPath': hooks };
  const answer = await run(['commit', '--quiet', '--cleanup=whitespace', '-F', '-'], {
    cwd,
    config,
    input,
    signal,
    seconds: 600,
  });
  const unchanged = answer.code !== 0 && (await run(['diff', '--cached', '--quiet', 'HEAD'], { cwd })).code === 0;
  // A hook (a formatter) may take back all there was to commit.
  if (answer.code !== 0 && !unchanged) throw whyNot(answer, hooks, target.remote, target.branch);
  return (await run(['rev-parse', 'HEAD'], { cwd })).stdout.trim();
}

/** A hook may also leave a commit behind that changes nothing. */
export async function isEmpty({ run }: OpenRepository, commit: string, base: string): Promise<boolean> {
  return (await run(['diff-tree', '--quiet', base, commit])).code === 0;
}

function whyNot(answer: GitAnswer, hooks: string, remote: string, branch: string): BerthError {
  const said = words(answer);
  if (/tell me who you are|unable to auto-detect email|empty ident name/.test(answer.stderr)) {
    return new BerthError('GIT_IDENTITY_UNKNOWN', 'Git does not know who commits', {
      hint: 'Run: git config user.name "…" and git config user.email "…"',
    });
  }
  if (/failed to sign|gpg|signing key|ssh-keygen/i.test(answer.stderr)) {
    return new BerthError('GIT_SIGNING_FAILED', `The commit could not be signed: ${said}`, {
      hint: 'See that "git commit -S" works here without asking: unlock the key in its agent. Nothing was pushed.',
    });
  }
  const names = ['pre-commit', 'prepare-commit-msg', 'commit-msg'].filter((name) => hasHook(hooks, name));
  if (names.length === 0) return new BerthError('GIT_FAILED', `Git could not commit: ${said}`);
  return hookFailed(names.join(' or '), said, `${remote}/${branch}`);
}

export function hookFailed(name: string, said: string, where: string): BerthError {
  return new BerthError('GIT_HOOK_FAILED', `Your hook ${name} refused: ${said || 'it said nothing'}`, {
    hint: `It ran in a fresh checkout of ${where}, without untracked files. Repair what it names; nothing was pushed.`,
  });
}

export function hasHook(hooks: string, name: string): boolean {
  try {
    accessSync(join(hooks, name), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
