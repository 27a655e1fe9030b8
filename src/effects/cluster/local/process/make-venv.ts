import { existsSync } from 'node:fs';
import { chmod, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BerthError } from '../../../../errors.ts';
import { findUv } from '../../../python/find-uv.ts';
import { runProgram } from '../../../run-program.ts';
import type { FoundPython } from './find-python.ts';

/** A Python environment that has nothing installed, as the image has nothing; what is there already is kept. */
export async function makeVenv(folder: string, python: FoundPython, signal: AbortSignal): Promise<void> {
  if (existsSync(join(folder, 'pyvenv.cfg'))) return;
  const uv = await findUv();
  const answer =
    uv === undefined
      ? await runProgram(python.program, ['-m', 'venv', '--without-pip', folder], { signal, seconds: 120 })
      : await runProgram(uv, ['venv', '--quiet', '--no-project', '--no-config', '--python', python.program, folder], {
          cwd: '/',
          signal,
          seconds: 120,
        });
  if (answer?.code !== 0) {
    await rm(folder, { recursive: true, force: true });
    throw new BerthError('CONTAINER_ENGINE_FAILED', `No Python environment could be made with ${python.program}`, {
      hint: `Run "${python.program} -m venv /tmp/x" to see why.`,
    });
  }
  if (uv === undefined) return;
  const bin = join(folder, 'bin');
  await symlink(uv, join(bin, 'uv'));
  for (const name of ['pip', 'pip3']) {
    await writeFile(join(bin, name), `#!/bin/sh\nexec ${quoted(uv)} pip "$@"\n`);
    await chmod(join(bin, name), 0o755);
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
