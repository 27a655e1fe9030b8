import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BerthError } from '../../errors.ts';
import { type RunGit, gitRunner } from './run-git.ts';

/** The repository around a folder, and where its parts lie. */
export interface OpenRepository {
  run: RunGit;
  top: string;
  /** From the top to the platform's folder, with `/` at the end; empty where they are the same. */
  prefix: string;
  gitDir: string;
  /** Shared by all worktrees of the repository. */
  commonDir: string;
  /** Absolute, so that a worktree elsewhere runs the same hooks. */
  hooks: string;
}

/** undefined outside of a repository, and in a bare one. */
export async function openRepository(root: string): Promise<OpenRepository | undefined> {
  const run = gitRunner(root);
  const asked = ['--show-toplevel', '--show-prefix', '--absolute-git-dir', '--git-common-dir', '--git-path', 'hooks'];
  const answer = await run(['rev-parse', ...asked]);
  if (answer.code !== 0) {
    if (/dubious ownership/.test(answer.stderr)) throw foreign(root);
    return undefined;
  }
  const [top = '', prefix = '', gitDir = '', commonDir = '', hooks = ''] = answer.stdout.split('\n');
  return { run, top, prefix, gitDir, commonDir: await realpath(resolve(root, commonDir)), hooks: resolve(root, hooks) };
}

function foreign(root: string): BerthError {
  return new BerthError('GIT_FAILED', 'Git does not trust this repository: it belongs to somebody else', {
    hint: `Where it is yours: git config --global --add safe.directory "${root}"`,
  });
}
