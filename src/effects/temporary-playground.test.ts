import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { git } from '../../test/support/git-sandbox.ts';
import { temporaryPlayground } from './temporary-playground.ts';

test('a playground has a remote that its clone pushes to, without any settings of the user', async () => {
  const playground = temporaryPlayground();
  const place = await playground.create(undefined);
  onTestFinished(async () => playground.remove(place));
  expect(git(place.root, 'config', 'user.email')).toBe('playground@localhost');
  git(place.root, 'commit', '--quiet', '--allow-empty', '-m', 'Go on');
  git(place.root, 'push', '--quiet');
  expect(git(place.remote, 'log', '--format=%s', 'main')).toBe('Go on\nBegin');
  expect([existsSync(place.samples.units), readdirSync(place.samples.calendar)]).toEqual([
    true,
    ['package.json', 'src'],
  ]);
  await playground.remove(place);
  expect(existsSync(place.folder)).toBe(false);
});

test('a folder with something in it is left alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'berth-full-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'diary.txt'), 'mine');
  await expect(temporaryPlayground().create(folder)).rejects.toThrow(`${folder} is not empty: it has diary.txt`);
  expect(readdirSync(folder)).toEqual(['diary.txt']);
});
