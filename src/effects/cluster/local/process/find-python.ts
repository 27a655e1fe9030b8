import { delimiter } from 'node:path';
import { findUv } from '../../../python/find-uv.ts';
import { runProgram } from '../../../run-program.ts';
import { installEnvironment } from './install-environment.ts';

export interface FoundPython {
  /** The interpreter itself, no shim. */
  program: string;
  /** Where its library is. */
  prefix: string;
  minor: string;
}

/**
 * A Python of this minor version: by uv, which installs it where it is not there, else one that is installed, else any;
 * undefined where this machine has none.
 */
export async function findPython(minor: string | undefined, signal: AbortSignal): Promise<FoundPython | undefined> {
  const uv = await findUv();
  const wanted = minor ?? '>=3.10';
  if (uv !== undefined) {
    const found = await byUv(uv, wanted, signal);
    if (found) return found;
    await runProgram(uv, ['python', 'install', minor ?? '3.12'], { signal, seconds: 300, env: installSettings() });
    const installed = await byUv(uv, wanted, signal);
    if (installed) return installed;
  }
  const names = [...(minor === undefined ? [] : [`python${minor}`]), 'python3', 'python'];
  const pythons: FoundPython[] = [];
  for (const name of names) {
    const python = await look(name, signal);
    if (python && (minor === undefined || python.minor === minor)) return python;
    if (python) pythons.push(python);
  }
  return pythons[0];
}

async function byUv(uv: string, wanted: string, signal: AbortSignal): Promise<FoundPython | undefined> {
  const args = ['python', 'find', '--no-project', '--no-python-downloads', wanted];
  const answer = await runProgram(uv, args, { cwd: '/', signal, seconds: 60, env: installSettings() });
  return answer?.code === 0 ? look(answer.stdout.trim(), signal) : undefined;
}

const installSettings = (): Readonly<Record<string, string>> => ({
  ...installEnvironment(process.env),
  VIRTUAL_ENV: '',
});

/** Asks it who it is: version managers put shims in front. */
async function look(program: string, signal: AbortSignal): Promise<FoundPython | undefined> {
  const script = 'import sys; print(sys.executable); print(sys.base_prefix); print("%d.%d" % sys.version_info[:2])';
  const answer = await runProgram(program, ['-I', '-c', script], { signal, seconds: 30 });
  const [executable, prefix, minor] = answer?.code === 0 ? answer.stdout.trim().split('\n') : [];
  if (executable === undefined || prefix === undefined || minor === undefined) return undefined;
  return executable.includes(delimiter) ? undefined : { program: executable, prefix, minor };
}
