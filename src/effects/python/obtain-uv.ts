import { runProgram } from '../run-program.ts';
import { findUv, uvInCache } from './find-uv.ts';

export async function obtainUv(signal: AbortSignal): Promise<boolean> {
  if ((await findUv()) !== undefined) return true;
  const quiet = ['--quiet', '--disable-pip-version-check', '--root-user-action=ignore'];
  // The wheel holds the program itself; in a folder of its own it touches nothing that the user installed.
  const args = ['-m', 'pip', 'install', ...quiet, '--target', uvInCache(), 'uv'];
  await runProgram('python3', args, { cwd: '/', signal, seconds: 120 });
  return (await findUv()) !== undefined;
}
