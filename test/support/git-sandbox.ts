import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Git as nobody's: no settings of the machine, a fixed name, fixed times. */
const gitEnvironment = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
  GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
};
Object.assign(process.env, gitEnvironment);

export interface Sandbox {
  folder: string;
  /** A bare repository. */
  remote: string;
  /** A clone of it, with `main` checked out. */
  work: string;
  git: (...args: string[]) => string;
  /** In another clone: what a colleague does. */
  colleague: (files: Record<string, string>, message?: string) => string;
  write: (file: string, text: string) => void;
  read: (file: string) => string;
  /** An executable below a Git folder: `hook('pre-commit', 'exit 1')`. */
  hook: (name: string, script: string, where?: string) => void;
  /** The commits of a branch of the remote, newest first: subjects. */
  remoteLog: (branch?: string) => string[];
  remoteFile: (file: string, branch?: string) => string | undefined;
  /** All that is the user's: working tree, index and local branches, to compare before and after. */
  mine: () => Record<string, unknown>;
}

/** A bare remote and a clone of it, gone after the test. `files` is the first commit; null: the remote is empty. */
export function gitSandbox(
  files: Readonly<Record<string, string>> | null = { 'README.md': 'hello\n' },
  { name = 'work' }: { name?: string } = {},
): Sandbox {
  const folder = mkdtempSync(join(tmpdir(), 'berth-git-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return gitSandboxIn(folder, files, name);
}

/** The same in a folder that somebody else takes away: what several tests share. */
export function gitSandboxIn(folder: string, files: Readonly<Record<string, string>> | null, name = 'work'): Sandbox {
  const remote = join(folder, 'remote.git');
  const work = join(folder, name);
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  git(folder, 'init', '--quiet', '--initial-branch=main', work);
  git(work, 'remote', 'add', 'origin', remote);
  const write = (file: string, text: string): void => writeInto(work, file, text);

  if (files) {
    for (const [file, text] of Object.entries(files)) write(file, text);
    git(work, 'add', '--all');
    git(work, 'commit', '--quiet', '-m', 'Begin');
    git(work, 'push', '--quiet', '-u', 'origin', 'main');
  } else {
    git(work, 'config', 'branch.main.remote', 'origin');
    git(work, 'config', 'branch.main.merge', 'refs/heads/main');
  }

  return {
    folder,
    remote,
    work,
    write,
    git: (...args) => git(work, ...args),
    read: (file) => readFileSync(join(work, file), 'utf8'),
    colleague(changes, message = 'A colleague was here') {
      const clone = mkdtempSync(join(folder, 'colleague-'));
      git(folder, 'clone', '--quiet', remote, clone);
      for (const [file, text] of Object.entries(changes)) writeInto(clone, file, text);
      git(clone, 'add', '--all');
      git(clone, 'commit', '--quiet', '-m', message);
      git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
      return git(clone, 'rev-parse', 'HEAD');
    },
    hook(hookName, script, where = join(work, '.git')) {
      const path = join(where, 'hooks', hookName);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `#!/bin/sh\n${script}\n`);
      chmodSync(path, 0o755);
    },
    remoteLog: (branch = 'main') => git(remote, 'log', '--format=%s', branch).split('\n'),
    remoteFile(file, branch = 'main') {
      try {
        return execFileSync('git', ['show', `${branch}:${file}`], { cwd: remote, encoding: 'utf8', stdio: 'pipe' });
      } catch {
        return undefined;
      }
    },
    mine: () => ({
      head: readFileSync(join(work, '.git/HEAD'), 'utf8'),
      branches: git(work, 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags', 'refs/berth'),
      index: git(work, 'ls-files', '--stage'),
      status: git(work, 'status', '--porcelain=v1', '--untracked-files=all'),
      stash: git(work, 'stash', 'list'),
      worktrees: git(work, 'worktree', 'list'),
      unstaged: git(work, 'diff'),
    }),
  };
}

export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd();
}

function writeInto(folder: string, file: string, text: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
