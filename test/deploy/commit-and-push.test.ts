import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommitRequest, FileChange } from '../../src/effects/git.ts';
import { realGit } from '../../src/effects/git/real-git.ts';
import { BerthError } from '../../src/errors.ts';
import { type Sandbox, git, gitSandbox } from '../support/git-sandbox.ts';
import { runKilled } from '../support/run-killed.ts';

const target = { remote: 'origin', branch: 'main' };
const signal = AbortSignal.timeout(60_000);
const addWeather: FileChange = { file: 'servers/weather-mcp.yaml', text: 'kind: Deployment\n' };

const append = (file: string, line: string): FileChange => ({ file, change: (text = '') => `${text}${line}\n` });

async function push(
  sandbox: Sandbox,
  changes: readonly FileChange[] = [addWeather],
  more: Partial<CommitRequest> = {},
) {
  const request = { target, changes, message: 'Add weather', trailers: { 'Berth-Server': 'weather' }, ...more };
  return realGit(sandbox.work).commitAndPush(request, signal);
}

async function refusal(sandbox: Sandbox, more?: Partial<CommitRequest>): Promise<BerthError> {
  const before = sandbox.mine();
  const error: unknown = await push(sandbox, [addWeather], more).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BerthError);
  expect(sandbox.mine()).toEqual(before);
  expect(leftovers(sandbox)).toEqual([]);
  return error as BerthError;
}

const leftovers = ({ work }: Sandbox): string[] =>
  ['berth', 'worktrees'].flatMap((name) => {
    const folder = join(work, '.git', name);
    return existsSync(folder) ? readdirSync(folder).map((entry) => `${name}/${entry}`) : [];
  });

test('a commit with its trailers is on the remote, and nothing local has moved', async () => {
  const sandbox = gitSandbox();
  const before = sandbox.mine();
  const { commit, pushed } = await push(sandbox);
  expect(pushed).toBe(true);
  expect(git(sandbox.remote, 'rev-parse', 'main')).toBe(commit);
  expect(git(sandbox.remote, 'log', '-1', '--format=%B', 'main').trim()).toBe('Add weather\n\nBerth-Server: weather');
  expect(sandbox.remoteFile('servers/weather-mcp.yaml')).toBe('kind: Deployment\n');
  expect(sandbox.mine()).toEqual(before);
  expect(leftovers(sandbox)).toEqual([]);
});

test('where there is nothing to change there is no commit', async () => {
  const sandbox = gitSandbox();
  const first = await push(sandbox);
  expect(await push(sandbox)).toEqual({ commit: first.commit, pushed: false, branch: 'main' });
  expect(sandbox.remoteLog()).toEqual(['Add weather', 'Begin']);
});

test('a shared file is changed on the text of the target, not on what is half done here', async () => {
  const sandbox = gitSandbox({ 'kustomization.yaml': 'resources:\n- a.yaml\n' });
  sandbox.write('kustomization.yaml', 'resources:\n- half-done.yaml\n');
  const before = sandbox.mine();
  await push(sandbox, [append('kustomization.yaml', '- weather.yaml')]);
  expect(sandbox.remoteFile('kustomization.yaml')).toBe('resources:\n- a.yaml\n- weather.yaml\n');
  expect(sandbox.mine()).toEqual(before);
});

test('files are removed, and a file that never was is no change', async () => {
  const sandbox = gitSandbox({ 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
  const gone = await push(sandbox, [{ file: 'a.yaml', remove: true }]);
  expect(gone.pushed).toBe(true);
  expect(sandbox.remoteFile('a.yaml')).toBeUndefined();
  expect((await push(sandbox, [{ file: 'never.yaml', remove: true }])).pushed).toBe(false);
});

test('an executable file stays executable', async () => {
  const sandbox = gitSandbox({ 'run.sh': 'echo 1\n' });
  chmodSync(join(sandbox.work, 'run.sh'), 0o755);
  sandbox.git('commit', '--quiet', '-am', 'Make it executable');
  sandbox.git('push', '--quiet');
  await push(sandbox, [{ file: 'run.sh', text: 'echo 2\n' }]);
  expect(git(sandbox.remote, 'ls-tree', 'main', 'run.sh')).toMatch(/^100755/);
});

test('paths with spaces, quotes and letters of every kind go through', async () => {
  const sandbox = gitSandbox({ 'README.md': 'hello\n' }, { name: 'my wörk "dir"' });
  const file = 'sërvers/wetter für "Zürich" 天気.yaml';
  await push(sandbox, [{ file, text: 'kind: Wetter\n' }]);
  expect(await realGit(sandbox.work).show(git(sandbox.remote, 'rev-parse', 'main'), file)).toBe('kind: Wetter\n');
});

test('a platform in a subfolder of the repository sees its own paths', async () => {
  const sandbox = gitSandbox({ 'README.md': 'x\n', 'platform/berth.yaml': 'kind: Platform\n' });
  const effects = realGit(join(sandbox.work, 'platform'));
  const request = { target, changes: [addWeather], message: 'Add weather', trailers: {} };
  const { commit } = await effects.commitAndPush(request, signal);
  expect(sandbox.remoteFile('platform/servers/weather-mcp.yaml')).toBe('kind: Deployment\n');
  expect([...(await effects.readAllAt(commit, ['.yaml'])).keys()]).toEqual(['berth.yaml', 'servers/weather-mcp.yaml']);
});

describe('what others and the user are doing', () => {
  test('a remote that moved before is fetched', async () => {
    const sandbox = gitSandbox();
    sandbox.colleague({ 'other.txt': 'theirs\n' });
    await push(sandbox);
    expect(sandbox.remoteLog()).toEqual(['Add weather', 'A colleague was here', 'Begin']);
  });

  test('a remote that moves between fetch and push gets the commit on top', async () => {
    const sandbox = gitSandbox();
    const colleague = join(sandbox.folder, 'colleague');
    git(sandbox.folder, 'clone', '--quiet', sandbox.remote, colleague);
    // The hook runs after the fetch; only the first time somebody is faster.
    sandbox.hook(
      'pre-commit',
      `[ -e "${sandbox.folder}/once" ] && exit 0; touch "${sandbox.folder}/once"
       cd "${colleague}" && unset $(git rev-parse --local-env-vars) && git commit --quiet --allow-empty -m Faster && git push --quiet`,
    );
    await push(sandbox);
    expect(sandbox.remoteLog()).toEqual(['Add weather', 'Faster', 'Begin']);
    expect(leftovers(sandbox)).toEqual([]);
  });

  test('two deploys at once both arrive', async () => {
    const sandbox = gitSandbox({ list: '' });
    const names = ['a', 'b', 'c'];
    await Promise.all(names.map(async (name) => push(sandbox, [append('list', name)], { message: name })));
    expect(sandbox.remoteFile('list')?.trim().split('\n').toSorted()).toEqual(names);
    expect(sandbox.remoteLog()).toHaveLength(4);
    expect(leftovers(sandbox)).toEqual([]);
  });

  test('commits ahead, staged and unstaged changes and untracked files stay where they are', async () => {
    const sandbox = gitSandbox({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    sandbox.write('a.txt', 'committed here\n');
    sandbox.git('commit', '--quiet', '-am', 'Not ready');
    sandbox.write('a.txt', 'staged\n');
    sandbox.git('add', 'a.txt');
    sandbox.write('a.txt', 'unstaged\n');
    sandbox.write('new.txt', 'untracked\n');
    sandbox.write('servers/weather-mcp.yaml', 'half done\n');
    const before = sandbox.mine();
    await push(sandbox);
    expect(sandbox.mine()).toEqual(before);
    expect(sandbox.remoteLog()).toEqual(['Add weather', 'Begin']);
    expect(sandbox.remoteFile('a.txt')).toBe('a\n');
    expect(sandbox.remoteFile('new.txt')).toBeUndefined();
  });

  test.each([
    ['a feature branch', ['switch', '--quiet', '-c', 'feature']],
    ['a detached HEAD', ['switch', '--quiet', '--detach']],
  ])('%s stays checked out', async (_, args) => {
    const sandbox = gitSandbox();
    sandbox.git(...args);
    const before = sandbox.mine();
    await push(sandbox);
    expect(sandbox.mine()).toEqual(before);
    expect(sandbox.remoteLog()).toEqual(['Add weather', 'Begin']);
  });

  test('a shallow clone pushes as a whole one does', async () => {
    const sandbox = gitSandbox();
    sandbox.colleague({ 'one.txt': '1\n' });
    sandbox.colleague({ 'two.txt': '2\n' });
    const shallow = join(sandbox.folder, 'shallow');
    git(sandbox.folder, 'clone', '--quiet', '--depth=1', `file://${sandbox.remote}`, shallow);
    await push({ ...sandbox, work: shallow });
    expect(sandbox.remoteLog()).toHaveLength(4);
    expect(sandbox.remoteFile('one.txt')).toBe('1\n');
    expect(git(shallow, 'rev-parse', '--is-shallow-repository')).toBe('true');
  });

  test('a linked worktree deploys like the repository itself', async () => {
    const sandbox = gitSandbox();
    const linked = join(sandbox.folder, 'linked');
    sandbox.git('worktree', 'add', '--quiet', '-b', 'feature', linked);
    await push({ ...sandbox, work: linked });
    expect(sandbox.remoteLog()).toEqual(['Add weather', 'Begin']);
    expect(git(linked, 'status', '--porcelain')).toBe('');
    expect(sandbox.git('worktree', 'list').split('\n')).toHaveLength(2);
  });
});

describe('an empty remote', () => {
  test('gets its first commit from a repository that has none either', async () => {
    const sandbox = gitSandbox(null);
    sandbox.write('untracked.txt', 'mine\n');
    await push(sandbox);
    expect(sandbox.remoteLog()).toEqual(['Add weather']);
    expect(sandbox.remoteFile('untracked.txt')).toBeUndefined();
    expect(sandbox.git('status', '--porcelain')).toBe('?? untracked.txt');
    expect(sandbox.git('for-each-ref', 'refs/berth')).toBe('');
  });

  test('begins with the local branch where there is one', async () => {
    const sandbox = gitSandbox(null);
    sandbox.write('README.md', 'hello\n');
    sandbox.git('add', '--all');
    sandbox.git('commit', '--quiet', '-m', 'Begin');
    await push(sandbox);
    expect(sandbox.remoteLog()).toEqual(['Add weather', 'Begin']);
  });

  test('begins with the local branch also where that has all there is to push', async () => {
    const sandbox = gitSandbox(null);
    sandbox.write('servers/weather-mcp.yaml', 'kind: Deployment\n');
    sandbox.git('add', '--all');
    sandbox.git('commit', '--quiet', '-m', 'Begin');
    expect(await push(sandbox)).toMatchObject({ pushed: true, commit: sandbox.git('rev-parse', 'main') });
    expect(sandbox.remoteLog()).toEqual(['Begin']);
  });

  test('is not begun from a branch of another name', async () => {
    const sandbox = gitSandbox(null);
    sandbox.git('switch', '--quiet', '-c', 'feature');
    sandbox.git('commit', '--quiet', '--allow-empty', '-m', 'Begin');
    const error = await refusal(sandbox);
    expect(error.code).toBe('GIT_NO_TARGET');
    expect(error.hint).toBe('Push what it shall begin with: git push origin HEAD:refs/heads/main');
  });
});

describe('hooks and signing', () => {
  test('hooks of the user run, a relative core.hooksPath and untracked ones too', async () => {
    const sandbox = gitSandbox();
    sandbox.git('config', 'core.hooksPath', '.husky/hooks');
    sandbox.hook('commit-msg', 'echo "Reviewed-by: hook" >> "$1"', join(sandbox.work, '.husky'));
    await push(sandbox);
    expect(git(sandbox.remote, 'log', '-1', '--format=%B', 'main')).toContain('Reviewed-by: hook');
  });

  test('a hook that fails ends it with its own words', async () => {
    const sandbox = gitSandbox();
    sandbox.hook('pre-commit', 'echo "line 3 is too long" >&2; exit 1');
    const error = await refusal(sandbox);
    expect(error.code).toBe('GIT_HOOK_FAILED');
    expect(error.message).toBe('Your hook pre-commit refused: line 3 is too long');
    expect(sandbox.remoteLog()).toEqual(['Begin']);
  });

  test('a pre-push hook that fails is told from a remote that is away', async () => {
    const sandbox = gitSandbox();
    sandbox.hook('pre-push', 'echo "no pushes on Fridays" >&2; exit 1');
    const error = await refusal(sandbox);
    expect(error.code).toBe('GIT_HOOK_FAILED');
    expect(error.message).toContain('no pushes on Fridays');
  });

  test('a hook that takes everything back leaves nothing to push', async () => {
    const sandbox = gitSandbox({ 'README.md': 'hello\n' });
    sandbox.hook('pre-commit', 'git reset --quiet');
    expect((await push(sandbox, [{ file: 'README.md', text: 'other\n' }])).pushed).toBe(false);
  });

  test('a checkout of ours wakes no post-checkout hook', async () => {
    const sandbox = gitSandbox();
    sandbox.hook('post-checkout', `touch "${sandbox.folder}/woken"`);
    await push(sandbox);
    expect(existsSync(join(sandbox.folder, 'woken'))).toBe(false);
  });

  test('a commit that cannot be signed is not made unsigned', async () => {
    const sandbox = gitSandbox();
    sandbox.git('config', 'commit.gpgSign', 'true');
    sandbox.git('config', 'gpg.program', '/bin/false');
    expect((await refusal(sandbox)).code).toBe('GIT_SIGNING_FAILED');
    expect(sandbox.remoteLog()).toEqual(['Begin']);
  });
});

describe('a remote that refuses or is away', () => {
  test('a protected branch: the words of the server and what to do', async () => {
    const sandbox = gitSandbox();
    sandbox.hook('pre-receive', 'echo "main is protected"; exit 1', sandbox.remote);
    const error = await refusal(sandbox);
    expect(error.code).toBe('GIT_PUSH_REJECTED');
    expect(error.message).toBe('origin refused main, [remote rejected] (pre-receive hook declined): main is protected');
    expect(error.hint).toContain('--pull-request');
    expect(git(sandbox.remote, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  test('a branch of its own is where a pull request begins; a second run goes on from it', async () => {
    const sandbox = gitSandbox();
    const first = await push(sandbox, [addWeather], { toBranch: 'berth/deploy-weather' });
    expect(first).toMatchObject({ pushed: true, branch: 'berth/deploy-weather' });
    expect(sandbox.remoteLog()).toEqual(['Begin']);
    expect((await push(sandbox, [addWeather], { toBranch: 'berth/deploy-weather' })).pushed).toBe(false);
  });

  test('a remote that is down', async () => {
    const sandbox = gitSandbox();
    renameSync(sandbox.remote, `${sandbox.remote}.away`);
    expect((await refusal(sandbox)).code).toBe('GIT_REMOTE_UNREACHABLE');
    renameSync(`${sandbox.remote}.away`, sandbox.remote);
    expect((await push(sandbox)).pushed).toBe(true);
  });

  test('credentials in a URL are in no message', async () => {
    const sandbox = gitSandbox();
    sandbox.git('remote', 'set-url', 'origin', 'http://ada:hunter2@127.0.0.1:1/nothing.git');
    const error = await refusal(sandbox);
    expect(error.code).toBe('GIT_REMOTE_UNREACHABLE');
    expect(error.toText()).not.toContain('hunter2');
  });
});

describe('what stands in the way of a file', () => {
  test.each([
    ['a symbolic link', (work: string) => symlinkSync('/etc/passwd', join(work, 'entry'))],
    [
      'a link to a folder',
      (work: string) => {
        mkdirSync(join(work, 'elsewhere'));
        writeFileSync(join(work, 'elsewhere/x'), '');
        symlinkSync('elsewhere', join(work, 'folder'));
      },
    ],
  ])('%s is not written through', async (_, prepare) => {
    const sandbox = gitSandbox();
    prepare(sandbox.work);
    sandbox.git('add', '--all');
    sandbox.git('commit', '--quiet', '-m', 'Link');
    sandbox.git('push', '--quiet');
    const before = sandbox.remoteLog();
    const changes = [{ file: existsSync(join(sandbox.work, 'entry')) ? 'entry' : 'folder/file', text: 'x\n' }];
    await expect(push(sandbox, changes)).rejects.toMatchObject({ code: 'GIT_FAILED' });
    expect(sandbox.remoteLog()).toEqual(before);
  });

  test('a file inside of a submodule is refused', async () => {
    const sandbox = gitSandbox();
    const other = gitSandbox();
    sandbox.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.remote, 'module');
    sandbox.git('commit', '--quiet', '-m', 'Add a submodule');
    sandbox.git('push', '--quiet');
    await expect(push(sandbox, [{ file: 'module/file', text: 'x\n' }])).rejects.toMatchObject({ code: 'GIT_FAILED' });
  });
});

test('outside of a repository the error says so', async () => {
  const sandbox = gitSandbox();
  const error = await realGit(sandbox.folder)
    .target({})
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'GIT_NO_REPOSITORY' });
});

test.each(['worktree-added', 'commit-staged', 'committed', 'pushing', 'pushed'])(
  'killed at %s, the same call ends with one commit and leaves nothing behind',
  async (point) => {
    const undisturbed = gitSandbox();
    await push(undisturbed);
    const sandbox = gitSandbox();
    const before = sandbox.mine();
    const request = { target, changes: [addWeather], message: 'Add weather', trailers: { 'Berth-Server': 'weather' } };
    const code = `await m.realGit(${JSON.stringify(sandbox.work)})
      .commitAndPush(${JSON.stringify(request)}, AbortSignal.timeout(30_000))`;
    expect(runKilled('effects/git/real-git.ts', code, point)).toBe('SIGKILL');
    await push(sandbox);
    expect(sandbox.remoteLog()).toEqual(['Add weather', 'Begin']);
    expect(git(sandbox.remote, 'rev-parse', 'main')).toBe(git(undisturbed.remote, 'rev-parse', 'main'));
    expect(sandbox.mine()).toEqual(before);
    expect(leftovers(sandbox)).toEqual([]);
  },
);
