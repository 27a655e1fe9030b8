import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mcp-berth');
const here = fileURLToPath(new URL('.', import.meta.url));

/** Each a set of pinned packages, `python/requirements-NAME.txt`. */
export type PythonEnvironment = 'fastmcp-2' | 'fastmcp-3' | 'fastmcp-4' | 'mcp-2';

/** uv on the path, or berth's own; undefined where there is none. */
export function findUv(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), join(cache, 'uv/bin')];
  return folders.map((folder) => join(folder, 'uv')).find((file) => existsSync(file));
}

/** The interpreter of a virtual environment with these packages, byte-compiled; made once for each list. */
export async function installPython(uv: string, name: PythonEnvironment): Promise<string> {
  const requirements = join(here, `python/requirements-${name}.txt`);
  const folder = await once(`python-${name}`, [readFileSync(requirements)], async (fresh) => {
    await run(uv, ['venv', '--quiet', '--no-project', '--python', '>=3.11,<3.14', fresh]);
    const options = ['--quiet', '--compile-bytecode', '--only-binary', ':all:', '--python', join(fresh, 'bin/python')];
    await run(uv, ['pip', 'sync', ...options, requirements]);
  });
  return join(folder, 'bin/python');
}

/** A folder with the servers of `node/` and their packages; made once for each state of both. */
export async function installNode(): Promise<string> {
  const own = join(here, 'node');
  const lock = readFileSync(join(own, 'package-lock.json'));
  const packages = await once('node', [lock, readFileSync(join(own, 'package.json'))], async (fresh) => {
    mkdirSync(fresh);
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(own, file), join(fresh, file));
    await run('npm', ['ci', '--silent', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: fresh });
  });
  const sources = readdirSync(own).filter((file) => file.endsWith('.mjs'));
  const texts = sources.flatMap((file) => [Buffer.from(file), readFileSync(join(own, file))]);
  return once('servers', texts, async (fresh) => cpSync(own, fresh, { recursive: true }), packages);
}

const begun = new Map<string, Promise<string>>();

/** A folder named after what is in it; several test processes may make it at the same time. */
async function once(
  name: string,
  content: readonly Buffer[],
  make: (folder: string) => Promise<void>,
  below = join(cache, 'test'),
): Promise<string> {
  const hash = createHash('sha256');
  for (const part of content) hash.update(`${part.length} `).update(part);
  const folder = join(below, `${name}-${hash.digest('hex').slice(0, 16)}`);
  const running = begun.get(folder) ?? makeFolder(folder, make);
  begun.set(folder, running);
  return running;
}

async function makeFolder(folder: string, make: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(join(folder, '..'), { recursive: true });
  rmSync(fresh, { recursive: true, force: true });
  try {
    await make(fresh);
    if (!existsSync(folder)) renameSync(fresh, folder);
    return folder;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
