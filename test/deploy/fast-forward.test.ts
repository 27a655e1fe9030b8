import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { realGit } from '../../src/effects/git/real-git.ts';
import { type Sandbox, git, gitSandbox } from '../support/git-sandbox.ts';
import { runKilled } from '../support/run-killed.ts';

const target = { remote: 'origin', branch: 'main' };
const begin = { 'a.txt': 'a\n', 'b.txt': 'b\n', 'kustomization.yaml': 'resources: []\n' };
const deployed = { 'servers/weather.yaml': 'weather\n', 'kustomization.yaml': 'resources:\n- weather\n' };

async function forward(sandbox: Sandbox) {
  const effects = realGit(sandbox.work);
  const commit = (await effects.fetch(target, AbortSignal.timeout(30_000))) ?? '';
  return { ...(await effects.fastForward(target, commit)), commit };
}

async function stays(sandbox: Sandbox) {
  const before = sandbox.mine();
  const { moved, reason, command } = await forward(sandbox);
  expect(moved).toBe(false);
  expect(sandbox.mine()).toEqual(before);
  return { reason, command };
}

describe('moves', () => {
  test('a clean branch', async () => {
    const sandbox = gitSandbox(begin);
    sandbox.colleague(deployed);
    const { moved, commit } = await forward(sandbox);
    expect(moved).toBe(true);
    expect(sandbox.git('rev-parse', 'main')).toBe(commit);
    expect(sandbox.git('status', '--porcelain')).toBe('');
    expect(sandbox.read('servers/weather.yaml')).toBe('weather\n');
  });

  test('past files that are here already, untracked, changed or staged', async () => {
    const sandbox = gitSandbox(begin);
    sandbox.colleague({ ...deployed, 'b.txt': 'staged\n' });
    sandbox.write('servers/weather.yaml', 'weather\n');
    sandbox.write('kustomization.yaml', 'resources:\n- weather\n');
    sandbox.write('b.txt', 'staged\n');
    sandbox.git('add', 'b.txt');
    expect((await forward(sandbox)).moved).toBe(true);
    expect(sandbox.git('status', '--porcelain')).toBe('');
  });

  test('past a removal that has been made here too', async () => {
    const sandbox = gitSandbox(begin);
    const clone = join(sandbox.folder, 'clone');
    git(sandbox.folder, 'clone', '--quiet', sandbox.remote, clone);
    git(clone, 'rm', '--quiet', 'b.txt', 'a.txt');
    git(clone, 'commit', '--quiet', '-m', 'Remove');
    git(clone, 'push', '--quiet');
    rmSync(join(sandbox.work, 'b.txt'));
    expect((await forward(sandbox)).moved).toBe(true);
    expect(sandbox.git('status', '--porcelain')).toBe('');
  });

  test('with other work in progress, which stays as it is', async () => {
    const sandbox = gitSandbox(begin);
    sandbox.colleague(deployed);
    sandbox.write('a.txt', 'staged\n');
    sandbox.git('add', 'a.txt');
    sandbox.write('b.txt', 'unstaged\n');
    sandbox.write('new.txt', 'untracked\n');
    expect((await forward(sandbox)).moved).toBe(true);
    expect(sandbox.git('status', '--porcelain', '--untracked-files=all').split('\n')).toEqual([
      'M  a.txt',
      ' M b.txt',
      '?? new.txt',
    ]);
    expect(sandbox.read('b.txt')).toBe('unstaged\n');
  });

  test('nothing where the branch is there already, or further', async () => {
    const sandbox = gitSandbox(begin);
    expect((await forward(sandbox)).moved).toBe(true);
    sandbox.git('commit', '--quiet', '--allow-empty', '-m', 'Mine');
    const before = sandbox.mine();
    expect((await forward(sandbox)).moved).toBe(true);
    expect(sandbox.mine()).toEqual(before);
  });
});

describe('stays and says what to run', () => {
  test.each<[string, (sandbox: Sandbox) => void]>([
    ['changed otherwise', ({ write }) => write('kustomization.yaml', 'resources:\n- half-done\n')],
    [
      'staged otherwise',
      ({ write, git: run }) => {
        write('kustomization.yaml', 'resources:\n- half-done\n');
        run('add', 'kustomization.yaml');
        write('kustomization.yaml', 'resources:\n- weather\n');
      },
    ],
    ['removed here', ({ work }) => rmSync(join(work, 'kustomization.yaml'))],
  ])('where a file was %s', async (_, change) => {
    const sandbox = gitSandbox(begin);
    sandbox.colleague(deployed);
    change(sandbox);
    expect(await stays(sandbox)).toEqual({
      reason: 'you have changed kustomization.yaml',
      command: 'git stash && git pull --rebase origin main && git stash pop',
    });
  });

  test('where an untracked file would be overwritten', async () => {
    const sandbox = gitSandbox(begin);
    sandbox.colleague(deployed);
    sandbox.write('servers/weather.yaml', 'another\n');
    expect((await stays(sandbox)).reason).toBe('you have changed servers/weather.yaml');
  });

  test('where a file stands in the place of a folder, though another path is equal already', async () => {
    const sandbox = gitSandbox(begin);
    sandbox.colleague({ ...deployed, 'b.txt': 'equal\n' });
    sandbox.write('b.txt', 'equal\n');
    writeFileSync(join(sandbox.work, 'servers'), 'a file\n');
    await stays(sandbox);
    expect(readFileSync(join(sandbox.work, 'servers'), 'utf8')).toBe('a file\n');
  });

  test('on a feature branch', async () => {
    const sandbox = gitSandbox(begin);
    sandbox.colleague(deployed);
    sandbox.git('switch', '--quiet', '-c', 'feature');
    expect(await stays(sandbox)).toEqual({ reason: 'you are on feature', command: 'git fetch origin main:main' });
  });

  test('with a detached HEAD', async () => {
    const sandbox = gitSandbox(begin);
    sandbox.colleague(deployed);
    sandbox.git('switch', '--quiet', '--detach');
    expect((await stays(sandbox)).reason).toBe('HEAD is detached');
  });

  test('where both sides have commits', async () => {
    const sandbox = gitSandbox(begin);
    sandbox.colleague(deployed);
    sandbox.git('commit', '--quiet', '--allow-empty', '-m', 'Mine');
    expect(await stays(sandbox)).toEqual({
      reason: 'main has commits that origin/main has not',
      command: 'git pull --rebase origin main',
    });
  });

  test('in the middle of a merge', async () => {
    const sandbox = gitSandbox(begin);
    sandbox.git('switch', '--quiet', '-c', 'other');
    sandbox.git('commit', '--quiet', '--allow-empty', '-m', 'Other');
    sandbox.git('switch', '--quiet', 'main');
    sandbox.colleague(deployed);
    sandbox.git('merge', '--quiet', '--no-ff', '--no-commit', 'other');
    expect((await stays(sandbox)).reason).toBe('a merge, rebase or cherry-pick is under way');
  });
});

test.each(['fast-forward-index', 'fast-forward-files', 'fast-forward-ref'])(
  "killed at %s, the next call finishes it and keeps what is the user's",
  async (point) => {
    const sandbox = gitSandbox(begin);
    const commit = sandbox.colleague({ ...deployed, 'new.yaml': 'new\n' });
    sandbox.write('servers/weather.yaml', 'weather\n');
    sandbox.write('a.txt', 'unstaged\n');
    sandbox.git('fetch', '--quiet');
    const given = `${JSON.stringify(target)}, ${JSON.stringify(commit)}`;
    const code = `await m.realGit(${JSON.stringify(sandbox.work)}).fastForward(${given})`;
    expect(runKilled('effects/git/real-git.ts', code, point)).toBe('SIGKILL');
    expect((await forward(sandbox)).moved).toBe(true);
    expect(sandbox.git('status', '--porcelain')).toBe(' M a.txt');
    expect(sandbox.git('rev-parse', 'main')).toBe(commit);
  },
);
