import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../../src/effects/free-port.ts';
import { manifestFile, platformText } from '../support/deploy-platform.ts';
import { git } from '../support/git-sandbox.ts';
import { berth } from '../support/run-berth.ts';
import { type SharedPlatform, sharedPlatform } from '../support/shared-platform.ts';

let platform: SharedPlatform;
beforeAll(async () => {
  platform = await sharedPlatform();
});
afterAll(async () => platform.close());
beforeEach(() => platform.reset());

const deployed = ['Record the proof of MCP server weather', 'Add MCP server weather'];

/** A deploy that is refused: nothing of the user's has moved, and nothing has been pushed. */
async function refused(exits: number): Promise<{ stdout: string; stderr: string }> {
  const [before, log] = [platform.mine(), platform.remoteLog()];
  const ended = await berth(platform.work, ['deploy', 'weather'], { exits });
  expect(platform.mine()).toEqual(withListed(before));
  expect(platform.remoteLog()).toEqual(log);
  return ended;
}

/** Step 2 writes one line into the working tree; it is there for the next run. */
function withListed(before: Record<string, unknown>): Record<string, unknown> {
  const { status, unstaged } = platform.mine();
  const listed = String(unstaged).includes('+  - weather-mcp.yaml');
  return listed ? { ...before, status, unstaged } : before;
}

async function succeeds(work = platform.work): Promise<string> {
  return (await berth(work, ['deploy', 'weather', '--yes'])).stdout;
}

describe('the remote', { timeout: 90_000 }, () => {
  test('moved meanwhile: the commits come on top', async () => {
    platform.colleague({ 'other.txt': 'theirs\n' });
    await succeeds();
    expect(platform.remoteLog()).toEqual([...deployed, 'A colleague was here', 'Begin']);
    expect(platform.read('other.txt')).toBe('theirs\n');
  });

  test('has the same server otherwise: neither side is decided for', async () => {
    platform.colleague({ [manifestFile]: 'kind: Deployment\n' });
    const { stderr } = await refused(2);
    expect(stderr).toContain(`${manifestFile} was changed here and on origin/main`);
    expect(stderr).toContain('git pull --rebase origin main');
  });

  test('is down: nothing is done, and the same command goes on later', async () => {
    platform.git('remote', 'set-url', 'origin', join(platform.folder, 'nowhere.git'));
    const { stderr } = await refused(3);
    expect(stderr).toContain('GIT_REMOTE_UNREACHABLE');
    platform.git('remote', 'set-url', 'origin', platform.remote);
    await succeeds();
    expect(platform.remoteLog()).toEqual([...deployed, 'Begin']);
  });

  test('protects the branch: its words are handed on, with the way around', async () => {
    const script =
      'while read old new ref; do [ "$ref" = refs/heads/main ] && echo "main takes reviews only" && exit 1; done; exit 0';
    platform.hook('pre-receive', script, platform.remote);
    const { stderr } = await refused(3);
    expect(stderr).toContain('main takes reviews only');
    expect(stderr).toContain('--pull-request');

    const { stdout } = await berth(platform.work, ['deploy', 'weather', '--pull-request']);
    expect(stdout).toContain('weather waits for merge');
    expect(platform.remoteLog('berth/deploy-weather')).toEqual(['Add MCP server weather', 'Begin']);
  });
});

describe('the working tree', { timeout: 90_000 }, () => {
  test('has other changes, staged and not: they stay, and none is pushed', async () => {
    platform.write('README.md', 'staged\n');
    platform.git('add', 'README.md');
    platform.write('README.md', 'unstaged\n');
    platform.write('notes.txt', 'untracked\n');
    await succeeds();
    expect(platform.git('status', '--porcelain').split('\n')).toEqual(['MM README.md', '?? notes.txt']);
    expect(platform.git('show', ':README.md')).toBe('staged');
    expect(platform.read('README.md')).toBe('unstaged\n');
    expect(platform.remoteFile('README.md')).toBe('hello\n');
    expect(platform.remoteFile('notes.txt')).toBeUndefined();
  });

  test('has half-done lines in the kustomization: only ours is pushed, and the branch waits', async () => {
    platform.write('servers/kustomization.yaml', 'resources:\n  - half-done.yaml\n');
    const stdout = await succeeds();
    expect(platform.remoteFile('servers/kustomization.yaml')).toBe('resources:\n  - weather-mcp.yaml\n');
    expect(platform.read('servers/kustomization.yaml')).toContain('half-done.yaml');
    expect(stdout).toContain('Your branch stays where it is: you have changed servers/kustomization.yaml');
  });
});

describe('the local branch', { timeout: 90_000 }, () => {
  test('is ahead: its commits are not pushed', async () => {
    platform.write('README.md', 'not ready\n');
    platform.git('commit', '--quiet', '-am', 'Not ready');
    const head = platform.git('rev-parse', 'HEAD');
    const stdout = await succeeds();
    expect(platform.remoteLog()).toEqual([...deployed, 'Begin']);
    expect(platform.git('rev-parse', 'HEAD')).toBe(head);
    expect(stdout).toContain('To catch up: git pull --rebase origin main');
  });

  test.each([
    ['is a feature branch', ['switch', '--quiet', '-c', 'feature'], 'you are on feature'],
    ['is none: HEAD is detached', ['switch', '--quiet', '--detach'], 'HEAD is detached'],
  ])('%s: it stays checked out as it is', async (_, args, reason) => {
    platform.git(...args);
    const before = platform.mine();
    const stdout = await succeeds();
    expect(platform.remoteLog()).toEqual([...deployed, 'Begin']);
    expect(platform.mine()).toEqual(withListed(before));
    expect(stdout).toContain(`Your branch stays where it is: ${reason}`);
    const again = await succeeds();
    expect(again.match(/already there/g)).toHaveLength(6);
  });

  test('is refused by the commit hook: its words are handed on', async () => {
    platform.hook('pre-commit', 'echo "no tabs, please" >&2; exit 1');
    const { stderr } = await refused(3);
    expect(stderr).toContain('Your hook pre-commit refused: no tabs, please');
    rmSync(join(platform.work, '.git/hooks/pre-commit'));
    await succeeds();
    expect(platform.remoteLog()).toEqual([...deployed, 'Begin']);
  });

  test('is a shallow clone: it deploys as a whole one does', async () => {
    platform.colleague({ 'one.txt': '1\n' });
    platform.colleague({ 'two.txt': '2\n' });
    const shallow = join(platform.folder, 'shallow');
    git(platform.folder, 'clone', '--quiet', '--depth=1', `file://${platform.remote}`, shallow);
    mkdirSync(join(shallow, 'servers'), { recursive: true });
    writeFileSync(join(shallow, manifestFile), platform.read(manifestFile));
    // A second cluster on this machine needs a gateway of its own.
    writeFileSync(join(shallow, 'berth.yaml'), platformText(await freePort()));
    await succeeds(shallow);
    await berth(shallow, ['down']);
    expect(platform.remoteLog()).toHaveLength(5);
    expect(git(shallow, 'rev-parse', '--is-shallow-repository')).toBe('true');
    expect(git(shallow, 'status', '--porcelain').trim()).toBe('M berth.yaml');
  });
});
