import { chmod, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BerthError } from '../../../../errors.ts';
import { secretVariable } from '../../../../local/secret-variable.ts';
import type { SecretValues } from '../../../../local/types.ts';
import { readYaml } from '../../../../yaml/read-yaml.ts';
import { diskFiles } from '../../../disk-files.ts';
import { gitRunner } from '../../../git/run-git.ts';

export const secretsFile = '.berth/secrets.yaml';

/** Of `.berth/secrets.yaml`, and of the environment, which wins. Errors: SECRETS_TRACKED, MANIFEST_UNREADABLE. */
export async function readLocalSecrets(root: string, environment: NodeJS.ProcessEnv): Promise<SecretValues> {
  const written = await readSecretsFile(root);
  const given = (secret: string): Record<string, string> => {
    const prefix = secretVariable(secret, '');
    const entries = Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value] as const] : [],
    );
    return Object.fromEntries(entries);
  };
  return {
    value: (secret, key) => environment[secretVariable(secret, key)] ?? written.get(secret)?.get(key),
    all: (secret) => ({ ...Object.fromEntries(written.get(secret) ?? []), ...given(secret) }),
  };
}

async function readSecretsFile(root: string): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const text = await diskFiles(root).read(secretsFile);
  if (text === undefined) return new Map();
  await keepPrivate(root);
  const { documents, problems } = readYaml(secretsFile, text);
  const [problem] = problems;
  if (problem) throw unreadable(problem.message, problem.position.line);
  const secrets = new Map<string, ReadonlyMap<string, string>>();
  const [document] = documents;
  if (!document) return secrets;
  if (!isMap(document.value)) throw unreadable('it must be a map of Secrets', 1);
  for (const [secret, keys] of Object.entries(document.value)) {
    const line = document.fieldAt([secret])?.position.line ?? 1;
    if (!isMap(keys)) throw unreadable(`${secret} must be a map of its keys`, line);
    const values = Object.entries(keys).map(([key, value]) => {
      if (!isScalar(value)) throw unreadable(`${secret}.${key} must be a text`, line);
      return [key, `${value}`] as const;
    });
    secrets.set(secret, new Map(values));
  }
  return secrets;
}

async function keepPrivate(root: string): Promise<void> {
  const tracked = await gitRunner(root)(['ls-files', '--error-unmatch', '--', secretsFile]);
  if (tracked.code === 0) {
    throw new BerthError('SECRETS_TRACKED', `${secretsFile} is tracked by Git`, {
      hint: `Run: git rm --cached ${secretsFile}, add it to .gitignore, and change every secret that was pushed.`,
      at: `${secretsFile}:1:1`,
    });
  }
  const file = join(root, secretsFile);
  if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

function unreadable(message: string, line: number): BerthError {
  return new BerthError('MANIFEST_UNREADABLE', `${secretsFile}: ${message}`, {
    at: `${secretsFile}:${line}:1`,
    hint: 'Write: <secret-name>: { <KEY>: "value" }',
  });
}
