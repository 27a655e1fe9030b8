import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { userTrust } from './user-trust.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'berth-trust-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('consent is given once for a repository, and for no other', async () => {
  const env = { XDG_CONFIG_HOME: folder() };
  const [root, other] = [folder(), folder()];
  expect(await userTrust(root, env).given()).toBe(false);
  await userTrust(root, env).give();
  await userTrust(root, env).give();
  expect(await userTrust(root, env).given()).toBe(true);
  expect(await userTrust(other, env).given()).toBe(false);
  const file = join(env.XDG_CONFIG_HOME, 'mcp-berth/trusted.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ version: 1, repositories: [root] });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a link to a repository is the repository', async () => {
  const env = { XDG_CONFIG_HOME: folder() };
  const root = folder();
  const link = join(folder(), 'link');
  symlinkSync(root, link);
  await userTrust(link, env).give();
  expect(await userTrust(root, env).given()).toBe(true);
});

test.each(['', 'no JSON', '{"repositories":"/"}', '[]', 'null'])('a file that says %j trusts nobody', async (text) => {
  const env = { XDG_CONFIG_HOME: folder() };
  await userTrust(folder(), env).give();
  writeFileSync(join(env.XDG_CONFIG_HOME, 'mcp-berth/trusted.json'), text);
  expect(await userTrust(folder(), env).given()).toBe(false);
});
