import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { listAt, textAt } from '../../repository/value-at.ts';
import { readYaml } from '../../yaml/read-yaml.ts';
import type { KubeContext } from '../machine.ts';

const sizeLimit = 4 * 1024 * 1024;

/**
 * The names of the contexts in the kubeconfig files, as kubectl merges them: the first that says something is right.
 * Files that are missing or broken say nothing. Credentials are neither kept nor looked at.
 */
export async function kubeContexts(env: NodeJS.ProcessEnv = process.env): Promise<readonly KubeContext[]> {
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  const files = listed.length > 0 ? listed : [join(env['HOME'] ?? homedir(), '.kube', 'config')];
  const configs = await Promise.all(files.map(async (file) => readConfig(file)));
  const current = configs
    .map((config) => textAt(config, 'current-context'))
    .find((name) => name !== undefined && name !== '');
  const names = configs.flatMap((config) => listAt(config, 'contexts').map((context) => textAt(context, 'name')));
  return [...new Set(names)].flatMap((name) => (name === undefined ? [] : [{ name, current: name === current }]));
}

async function readConfig(file: string): Promise<unknown> {
  try {
    const { size } = await stat(file);
    return size > sizeLimit ? undefined : readYaml(file, await readFile(file, 'utf8')).documents[0]?.value;
  } catch {
    return undefined;
  }
}
