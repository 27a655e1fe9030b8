import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { secretVariable } from '../../../../local/secret-variable.ts';
import { readLocalSecrets } from './local-secrets.ts';
import { makeTokens, withSecret } from './make-tokens.ts';

function repository(secrets?: string): string {
  const root = mkdtempSync(join(tmpdir(), 'berth-secrets-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  execFileSync('git', ['init', '--quiet', root]);
  mkdirSync(join(root, '.berth'));
  if (secrets !== undefined) writeFileSync(join(root, '.berth/secrets.yaml'), secrets);
  return root;
}

test('values come from the file, and from the environment before it', async () => {
  const root = repository('weather-mcp-secrets:\n  api-key: from-file\n  PORT: 8080\n');
  const secrets = await readLocalSecrets(root, { BERTH_SECRET_WEATHER_MCP_SECRETS__TOKEN: 'from-env' });
  expect(secrets.value('weather-mcp-secrets', 'api-key')).toBe('from-file');
  expect(secrets.value('weather-mcp-secrets', 'TOKEN')).toBe('from-env');
  expect(secrets.value('weather-mcp-secrets', 'OTHER')).toBeUndefined();
  expect(secrets.value('weather-mcp-secrets', 'toString')).toBeUndefined();
  expect(secrets.all('weather-mcp-secrets')).toEqual({ 'api-key': 'from-file', PORT: '8080', TOKEN: 'from-env' });
  const over = await readLocalSecrets(root, { [secretVariable('weather-mcp-secrets', 'api-key')]: 'x' });
  expect(over.value('weather-mcp-secrets', 'api-key')).toBe('x');
});

test('others may not read the file', async () => {
  const root = repository('a: { b: c }\n');
  await readLocalSecrets(root, {});
  expect(statSync(join(root, '.berth/secrets.yaml')).mode & 0o777).toBe(0o600);
});

test('a file that Git tracks is refused, and no value of it is named', async () => {
  const root = repository('a: { b: s3cret }\n');
  execFileSync('git', ['add', '-f', '.berth/secrets.yaml'], { cwd: root });
  const refused = readLocalSecrets(root, {});
  await expect(refused).rejects.toMatchObject({ code: 'SECRETS_TRACKED' });
  await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('s3cret') });
});

test.each([
  ['a:\n  b: [1]\n', 'a.b must be a text', 2],
  ['x: { y: z }\na: text\n', 'a must be a map of its keys', 2],
  ['- a\n', 'it must be a map of Secrets', 1],
])('%j is refused', async (text, message, line) => {
  await expect(readLocalSecrets(repository(text), {})).rejects.toMatchObject({
    code: 'MANIFEST_UNREADABLE',
    message: expect.stringContaining(message),
    at: `.berth/secrets.yaml:${line}:1`,
  });
});

test('tokens are made once, and kept', async () => {
  const root = repository();
  const wanted = [{ secret: 'weather-mcp-secrets', key: 'TOKEN' }];
  expect(await makeTokens(root, wanted, await readLocalSecrets(root, {}))).toBe(true);
  const made = (await readLocalSecrets(root, {})).value('weather-mcp-secrets', 'TOKEN');
  expect(made).toMatch(/^[\w-]{43}$/);
  expect(await makeTokens(root, wanted, await readLocalSecrets(root, {}))).toBe(false);
  expect(readFileSync(join(root, '.berth/secrets.yaml'), 'utf8')).toContain(String(made));
  expect(statSync(join(root, '.berth/secrets.yaml')).mode & 0o777).toBe(0o600);
});

test.each([
  ['', '"a":\n  "K": "v"\n'],
  ['# mine\nb: { c: d }', '# mine\nb: { c: d }\n"a":\n  "K": "v"\n'],
  ['a:\n    # mine\n    x: y # kept\nb: {}\n', 'a:\n    # mine\n    "K": "v"\n    x: y # kept\nb: {}\n'],
  ['a: { x: y }\n', 'a: { "K": "v", x: y }\n'],
])('a key is added to %j and no other byte changes', (before, after) => {
  expect(withSecret(before, { secret: 'a', key: 'K' }, 'v')).toBe(after);
});
