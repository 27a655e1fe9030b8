import { randomBytes } from 'node:crypto';
import type { SecretValues } from '../../../../local/types.ts';
import { readYaml } from '../../../../yaml/read-yaml.ts';
import { diskFiles } from '../../../disk-files.ts';
import { secretsFile } from './local-secrets.ts';

export interface SecretKey {
  secret: string;
  key: string;
}

/** Makes the tokens that nobody has given yet and keeps them with the other secrets; says whether there were any. */
export async function makeTokens(root: string, wanted: readonly SecretKey[], secrets: SecretValues): Promise<boolean> {
  const missing = wanted.filter(({ secret, key }) => secrets.value(secret, key) === undefined);
  if (missing.length === 0) return false;
  const tree = diskFiles(root);
  let text = (await tree.read(secretsFile)) ?? '';
  for (const each of missing) text = withSecret(text, each, randomBytes(32).toString('base64url'));
  await tree.write(secretsFile, text, { mode: 0o600 });
  return true;
}

/** Adds one key to the text of the file, and changes no other byte. */
export function withSecret(text: string, { secret, key }: SecretKey, value: string): string {
  const field = readYaml(secretsFile, text).documents[0]?.fieldAt([secret]);
  const entry = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  if (!field) {
    const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    return `${before}${JSON.stringify(secret)}:\n  ${entry}\n`;
  }
  const [start] = field.range;
  if (text[start] === '{') return `${text.slice(0, start + 1)} ${entry}, ${text.slice(start + 1).trimStart()}`;
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  return `${text.slice(0, start)}${entry}\n${indent}${text.slice(start)}`;
}
