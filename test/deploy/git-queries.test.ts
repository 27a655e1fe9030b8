import { describe, expect, test } from 'vitest';
import { realGit } from '../../src/effects/git/real-git.ts';
import { git, gitSandbox } from '../support/git-sandbox.ts';

const target = { remote: 'origin', branch: 'main' };
const signal = AbortSignal.timeout(60_000);

describe('the target', () => {
  test('is the upstream of the current branch, as far as berth.yaml says nothing', async () => {
    const { work } = gitSandbox();
    expect(await realGit(work).target({})).toEqual(target);
    expect(await realGit(work).target({ branch: 'release' })).toEqual({ remote: 'origin', branch: 'release' });
  });

  test.each<[string, string[][], { remote?: string; branch?: string }, string]>([
    ['no upstream', [['switch', '-q', '-c', 'feature']], {}, 'The branch feature has no upstream'],
    ['a detached HEAD', [['switch', '-q', '--detach']], {}, 'HEAD is detached, so it has no upstream'],
    ['no remote', [['remote', 'remove', 'origin']], {}, 'The repository has no remote'],
    ['an unknown remote', [], { remote: 'upstream', branch: 'main' }, 'There is no remote "upstream"'],
    ['an option for a branch', [], { branch: '--upload-pack=x' }, '"--upload-pack=x" cannot be the name of a branch'],
    [
      'a local upstream',
      [
        ['branch', '-q', '--track', 'b', 'main'],
        ['switch', '-q', 'b'],
      ],
      {},
      'The branch b has no upstream',
    ],
  ])('with %s is an error that says what to set', async (_, commands, configured, message) => {
    const sandbox = gitSandbox();
    for (const command of commands) sandbox.git(...command);
    await expect(realGit(sandbox.work).target(configured)).rejects.toMatchObject({ code: 'GIT_NO_TARGET', message });
  });
});

test('a fetch gives the commit of the remote, brings the remote-tracking branch along, and knows a missing one', async () => {
  const sandbox = gitSandbox();
  const commit = sandbox.colleague({ 'a.txt': 'a\n' });
  expect(await realGit(sandbox.work).fetch(target, signal)).toBe(commit);
  expect(sandbox.git('rev-parse', 'origin/main')).toBe(commit);
  expect(await realGit(sandbox.work).fetch({ remote: 'origin', branch: 'none' }, signal)).toBeUndefined();
});

test('a fetch ends when it is interrupted', async () => {
  const sandbox = gitSandbox();
  sandbox.git('remote', 'set-url', 'origin', 'ext::sleep 60');
  sandbox.git('config', 'protocol.ext.allow', 'always');
  const started = Date.now();
  await expect(realGit(sandbox.work).fetch(target, AbortSignal.timeout(300))).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  expect(Date.now() - started).toBeLessThan(10_000);
});

test('files are read as a commit has them, whatever the working tree says', async () => {
  const sandbox = gitSandbox({ 'a.yaml': 'a: ä\n', 'x/b.yml': '', 'c.txt': 'c\n' });
  sandbox.write('a.yaml', 'changed\n');
  const effects = realGit(sandbox.work);
  const head = sandbox.git('rev-parse', 'HEAD');
  expect(Object.fromEntries(await effects.readAllAt(head, ['.yaml', '.yml']))).toEqual({
    'a.yaml': 'a: ä\n',
    'x/b.yml': '',
  });
  expect(await effects.show(head, 'none')).toBeUndefined();
  expect(await effects.show(head, 'x')).toBeUndefined();
  expect(await effects.listFilesAt(head, 'x')).toEqual(['x/b.yml']);
  await expect(effects.show('--output=/tmp/x', 'a.yaml')).rejects.toMatchObject({ code: 'GIT_FAILED' });
});

test('files of a folder: tracked, removed and new ones, but no ignored ones', async () => {
  const sandbox = gitSandbox({ '.gitignore': 'node_modules\n', 'src/a.ts': '', 'src/b.ts': '', 'other.ts': '' });
  sandbox.write('src/new.ts', '');
  sandbox.write('src/node_modules/x.ts', '');
  sandbox.git('rm', '-q', '--cached', 'src/b.ts');
  expect(await realGit(sandbox.work).listFiles('src')).toEqual(['src/a.ts', 'src/b.ts', 'src/new.ts']);
});

const deploy = async (work: string, name: string, id: string): Promise<string> => {
  const trailers = { 'Berth-Server': name, 'Berth-Deploy': id };
  const changes = [{ file: `${name}.yaml`, text: `${id}\n` }];
  return (await realGit(work).commitAndPush({ target, changes, message: `Deploy ${name}`, trailers }, signal)).commit;
};

describe('the history', () => {
  test('commits are found by their trailers, newest first, and not by what only looks like one', async () => {
    const sandbox = gitSandbox();
    const first = await deploy(sandbox.work, 'weather', '1');
    sandbox.colleague({ 'x.txt': '' }, 'Berth-Server: weather\n\nis only the subject');
    await deploy(sandbox.work, 'weather-map', '2');
    const last = await deploy(sandbox.work, 'weather', '3');
    expect(await realGit(sandbox.work).commitsWithTrailer(last, 'Berth-Server', 'weather')).toEqual([
      { commit: last, trailers: { 'Berth-Server': 'weather', 'Berth-Deploy': '3' } },
      { commit: first, trailers: { 'Berth-Server': 'weather', 'Berth-Deploy': '1' } },
    ]);
  });

  test('the newest commit of some files, and what it did to them', async () => {
    const sandbox = gitSandbox({ 'weather.yaml': '0\n' });
    const commit = await deploy(sandbox.work, 'weather', '1');
    sandbox.colleague({ 'other.yaml': '' });
    const effects = realGit(sandbox.work);
    const head = (await effects.fetch(target, signal)) ?? '';
    expect(await effects.lastCommitOf(head, ['weather.yaml'])).toBe(commit);
    expect(await effects.lastCommitOf(head, ['none.yaml'])).toBeUndefined();
    expect(await effects.changesOf(commit)).toEqual([{ file: 'weather.yaml', before: '0\n', after: '1\n' }]);
    expect(await effects.commonBase(head)).toBe(sandbox.git('rev-parse', 'HEAD'));
    expect(await effects.isAncestor(commit, head)).toBe(true);
    expect(await effects.isAncestor(head, commit)).toBe(false);
    expect(git(sandbox.remote, 'rev-parse', 'main')).toBe(head);
  });
});
