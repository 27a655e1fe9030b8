import { BerthError } from '../../errors.ts';
import { runProgram } from '../run-program.ts';
import { findUv } from './find-uv.ts';

export async function lockRequirements(
  requirements: string,
  { pythonVersion, signal }: { pythonVersion?: string; signal: AbortSignal },
): Promise<string> {
  const uv = await findUv();
  const args = [
    'pip',
    'compile',
    '-',
    '--generate-hashes',
    '--universal',
    '--no-header',
    '--quiet',
    '--no-progress',
    ...(pythonVersion === undefined ? [] : [`--python-version=${pythonVersion}`]),
  ];
  const options = { input: requirements, env: { NO_COLOR: '1' }, signal, seconds: 180 };
  const answer = uv === undefined ? undefined : await runProgram(uv, args, options);
  if (!answer) {
    throw new BerthError('UV_MISSING', 'uv was not found, which finds versions and hashes of Python packages', {
      hint: 'Install it (https://docs.astral.sh/uv/), or go on without hashes: --unhashed',
    });
  }
  if (answer.code === 0) return answer.stdout;
  throw new BerthError('PACKAGES_UNAVAILABLE', `uv found no set of packages: ${reasonOf(answer.stderr)}`, {
    hint: 'Repair the requirement that it names, or see that the package index answers.',
  });
}

/** The first sentence of uv's drawing. */
function reasonOf(stderr: string): string {
  const words = stderr.replaceAll(/[×│╰─▶]+|-> |error:/g, ' ');
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 400) || 'it said nothing';
}
