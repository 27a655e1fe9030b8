import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BerthError } from '../../errors.ts';
import { runProgram } from '../run-program.ts';

/** Installs what a project runs with, adding packages to it where some are named. No script of a package is run. */
export async function installPackages(folder: string, add: readonly string[], signal: AbortSignal): Promise<void> {
  const locked = existsSync(join(folder, 'package-lock.json')) && add.length === 0;
  const args = [
    locked ? 'ci' : 'install',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--save-exact',
    '--prefer-offline',
    ...(add.length === 0 ? [] : ['--', ...add]),
  ];
  const answer = await runProgram('npm', args, { cwd: folder, signal, seconds: 300 });
  if (!answer) {
    throw new BerthError('PACKAGES_UNAVAILABLE', 'The command npm was not found', {
      hint: 'It comes with Node: see that "npm --version" works in this folder.',
    });
  }
  if (answer.code === 0) return;
  throw new BerthError('PACKAGES_UNAVAILABLE', `npm could not install the packages: ${reasonOf(answer.stderr)}`, {
    hint: 'See that the package index answers: npm ping',
  });
}

/** The lines that say why, without npm's own log file. */
function reasonOf(stderr: string): string {
  const said = stderr
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter((line) => line !== '' && !/complete log|^npm warn|_logs/i.test(line));
  return said.slice(0, 3).join('; ') || 'it said nothing';
}
