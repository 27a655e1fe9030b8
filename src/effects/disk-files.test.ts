import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runKilled } from '../../test/support/run-killed.ts';
import { unreadableText } from '../yaml/unreadable-text.ts';
import { diskFiles } from './disk-files.ts';

function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'berth-files-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), content);
  }
  return root;
}

test('all files of a kind are read, in order, without Git, packages and state', async () => {
  const names = ['b.yaml', 'a/c.yml', 'a/d.txt', '.git/x.yaml', 'web/node_modules/x.yaml', '.berth/state/x.yaml'];
  const root = folder(Object.fromEntries(names.map((name) => [name, name])));
  expect(Object.fromEntries(await diskFiles(root).readAll(['.yaml', '.yml']))).toEqual({
    'a/c.yml': 'a/c.yml',
    'b.yaml': 'b.yaml',
  });
});

test('a file that is not there has no text', async () => {
  const files = diskFiles(folder({ 'a.yaml': '' }));
  expect([await files.read('none.yaml'), await files.read('a.yaml/none'), await files.read('a.yaml')]).toEqual([
    undefined,
    undefined,
    '',
  ]);
});

test('writing makes folders and leaves nothing else behind', async () => {
  const root = folder();
  await diskFiles(root).write('a/b/c.yaml', 'x: "ä"\n');
  expect(readFileSync(join(root, 'a/b/c.yaml'), 'utf8')).toBe('x: "ä"\n');
  expect(readdirSync(join(root, 'a/b'))).toEqual(['c.yaml']);
});

test('a file keeps its mode, and a secret one gets what was asked for', async () => {
  const root = folder({ 'run.sh': '' });
  chmodSync(join(root, 'run.sh'), 0o755);
  await diskFiles(root).write('run.sh', 'echo\n');
  await diskFiles(root).write('secrets.yaml', 'x\n', { mode: 0o600 });
  expect(['run.sh', 'secrets.yaml'].map((file) => statSync(join(root, file)).mode & 0o777)).toEqual([0o755, 0o600]);
});

test('removing takes the folders along that become empty, and no others', async () => {
  const root = folder({ 'a/b/c.yaml': '', 'a/d.yaml': '' });
  await diskFiles(root).remove('a/b/c.yaml');
  await diskFiles(root).remove('a/b/never.yaml');
  expect(existsSync(join(root, 'a/b'))).toBe(false);
  expect(existsSync(join(root, 'a/d.yaml'))).toBe(true);
});

describe('what is refused', () => {
  test('a file of 100 MB is not even read', async () => {
    const root = folder({ 'huge.yaml': '' });
    truncateSync(join(root, 'huge.yaml'), 100 * 1024 * 1024);
    await expect(diskFiles(root).read('huge.yaml')).rejects.toMatchObject({
      code: 'MANIFEST_UNREADABLE',
      message: 'huge.yaml has more than 32 MB',
      at: 'huge.yaml:1:1',
    });
  });

  test('text that is not UTF-8, so that no byte of it is lost', async () => {
    const root = folder({ 'latin.yaml': new Uint8Array([0x61, 0xe4]) });
    await expect(diskFiles(root).read('latin.yaml')).rejects.toMatchObject({ code: 'MANIFEST_UNREADABLE' });
  });

  test('neither hinders anybody who reads what lies around it', async () => {
    const root = folder({ 'huge.yaml': '', 'latin.yaml': new Uint8Array([0x61, 0xe4]), 'well.yaml': 'a: 1\n' });
    truncateSync(join(root, 'huge.yaml'), 100 * 1024 * 1024);
    expect(Object.fromEntries(await diskFiles(root).readAll(['.yaml']))).toEqual({
      'huge.yaml': unreadableText('TOO_LARGE'),
      'latin.yaml': unreadableText('NOT_UTF8'),
      'well.yaml': 'a: 1\n',
    });
  });

  test('a path or a link that leads out of the repository', async () => {
    const root = folder();
    const outside = folder({ 'secret.yaml': 'x' });
    symlinkSync(outside, join(root, 'link'));
    symlinkSync(join(outside, 'secret.yaml'), join(root, 'file.yaml'));
    const files = diskFiles(root);
    await expect(files.write('../x.yaml', '')).rejects.toMatchObject({ code: 'USAGE' });
    await expect(files.write('link/new.yaml', '')).rejects.toMatchObject({ code: 'MANIFEST_UNREADABLE' });
    await expect(files.write('file.yaml', '')).rejects.toMatchObject({ code: 'MANIFEST_UNREADABLE' });
    await expect(files.read('file.yaml')).rejects.toMatchObject({ code: 'MANIFEST_UNREADABLE' });
    expect(readFileSync(join(outside, 'secret.yaml'), 'utf8')).toBe('x');
  });
});

describe('a writer that is killed', () => {
  test.each([
    ['write-middle', 'old\n'],
    ['write-before-rename', 'old\n'],
    ['write-after-rename', 'new\n'],
  ])('at %s leaves whole files, and the next one tidies up', async (point, text) => {
    const root = folder({ 'a.yaml': 'old\n' });
    const code = `await m.diskFiles(${JSON.stringify(root)}).write('a.yaml', 'new\\n')`;
    expect(runKilled('effects/disk-files.ts', code, point)).toBe('SIGKILL');
    expect(readFileSync(join(root, 'a.yaml'), 'utf8')).toBe(text);
    await diskFiles(root).write('b.yaml', '');
    expect(readdirSync(root)).toEqual(['a.yaml', 'b.yaml']);
  });
});
