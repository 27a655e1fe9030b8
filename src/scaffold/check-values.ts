import { RE2JS } from 're2js';
import { BerthError } from '../errors.ts';
import type { Resources } from './new-server.ts';

/** Refuses what Kubernetes would refuse, with the flag that said it. Errors: USAGE. */
export function checkEnvironment(env: Readonly<Record<string, string>>, secretKeys: readonly string[]): void {
  for (const name of Object.keys(env)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw usage(`--env ${name}: a variable has letters, digits and "_" only`, 'For example: --env LOG_LEVEL=info');
    }
    if (/(^|_)(PASSWORD|TOKEN|SECRET|API_?KEY)$/i.test(name)) {
      throw usage(
        `--env ${name}: a secret would be in Git for everybody to read`,
        `Use --secret ${name.toUpperCase()}`,
      );
    }
    if (secretKeys.includes(name)) throw usage(`${name} is given both as --env and as --secret`, 'Leave one out.');
  }
  for (const key of secretKeys) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(key)) {
      const meant = key.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
      throw usage(`--secret ${key}: a key is a variable too, in capitals`, `For example: --secret ${meant}`);
    }
  }
}

/** Errors: USAGE. */
export function checkResources({ requests, limits }: Resources): void {
  for (const what of ['cpu', 'memory'] as const) {
    const [request, limit] = [quantity(`--${what}`, requests[what]), quantity(`--${what}-limit`, limits[what])];
    if (request > limit) {
      throw usage(
        `--${what} ${requests[what]} is more than --${what}-limit ${limits[what]}`,
        `Raise the limit: --${what}-limit ${requests[what]}`,
      );
    }
  }
}

const factors: Record<string, number> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

function quantity(flag: string, text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = factors[unit];
  if (number === undefined || factor === undefined) {
    throw usage(`${flag} ${text} is no quantity`, 'For example: 250m of CPU, 256Mi of memory');
  }
  return Number(number) * factor;
}

/** A path of a URL or of a folder, as it can stand in a manifest. Errors: USAGE. */
export function checkPath(flag: string, path: string): void {
  if (/^\/[\w./~-]*$/.test(path) && !path.split('/').includes('..')) return;
  throw usage(`${flag} ${path} is no path`, `It begins with "/": ${flag} /mcp`);
}

/** Errors: USAGE. */
export function checkWritable(folders: readonly string[]): void {
  for (const folder of folders) {
    checkPath('--writable', folder);
    if (['/', '/tmp', '/app', '/packages'].includes(folder.replace(/(.)\/+$/, '$1'))) {
      throw usage(`--writable ${folder}: that folder is spoken for`, 'Name a folder of its own; /tmp is writable.');
    }
  }
  const twice = folders.find((folder, index) => folders.indexOf(folder) !== index);
  if (twice !== undefined) throw usage(`--writable ${twice} is given twice`, 'Leave one out.');
}

/** Errors: USAGE. */
export function checkPackage(text: string): void {
  if (/^npm:(@[\w.-]+\/)?[\w.-]+@\d[\w.+-]*$/.test(text) || /^pypi:[\w.-]+(\[[\w,-]+\])?==\d[\w.+!-]*$/.test(text)) {
    return;
  }
  throw usage(
    `--package ${text} names no exact package`,
    'For example: --package pypi:mcp-outline==1.10.1, or npm:@scope/name@1.2.3',
  );
}

/** A regular expression of RE2's syntax, which takes linear time whatever a server answers. Errors: USAGE. */
export function checkPattern(flag: string, pattern: string | undefined): void {
  if (pattern === undefined) return;
  try {
    RE2JS.compile(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    throw usage(`${flag} is no regular expression: ${reason}`, 'RE2 knows no look-around and no back-references.');
  }
}

/** Text for people, on one line. Errors: USAGE. */
export function checkDescription(text: string): void {
  if (text.length > 500) throw usage('--description has more than 500 characters', 'One sentence is enough.');
  if (/\p{Cc}/u.test(text)) throw usage('--description has control characters', 'Write it on one line.');
}

function usage(message: string, hint: string): BerthError {
  return new BerthError('USAGE', message, { hint });
}
