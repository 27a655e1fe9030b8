import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BerthError } from '../../errors.ts';
import type { LockOptions } from '../python.ts';
import { runProgram } from '../run-program.ts';
import { findUv } from './find-uv.ts';

export async function lockRequirements(
  requirements: string,
  { pythonVersion, previous, signal }: LockOptions,
): Promise<string> {
  const uv = await findUv();
  if (uv === undefined) {
    throw new BerthError('UV_MISSING', 'uv was not found, which finds versions and hashes of Python packages', {
      hint: 'Install it (https://docs.astral.sh/uv/), or go on without hashes: --unhashed',
    });
  }
  const folder = await mkdtemp(join(tmpdir(), 'berth-lock-'));
  try {
    await writeFile(join(folder, 'requirements.in'), requirements);
    // uv keeps the versions that it finds in its output file.
    if (previous !== undefined) await writeFile(join(folder, 'requirements.txt'), previous);
    const args = ['pip', 'compile', 'requirements.in', '--output-file=requirements.txt', ...options];
    const python = pythonVersion === undefined ? [] : [`--python-version=${pythonVersion}`];
    const env = { NO_COLOR: '1' };
    const answer = await runProgram(uv, [...args, ...python], { cwd: folder, env, signal, seconds: 180 });
    if (answer?.code === 0) return await readFile(join(folder, 'requirements.txt'), 'utf8');
    throw new BerthError('PACKAGES_UNAVAILABLE', `uv found no set of packages: ${reasonOf(answer?.stderr ?? '')}`, {
      hint: 'Repair the requirement that it names, or see that the package index answers.',
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const options = ['--generate-hashes', '--universal', '--no-header', '--quiet', '--no-progress'];

/** The first sentences of uv's drawing. */
function reasonOf(stderr: string): string {
  const words = stderr.replaceAll(/[×│╰─▶]+|-> |error:/g, ' ');
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 400) || 'it said nothing';
}
