import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../../run-program.ts';
import { makeRootScript } from './make-root.ts';
import { privateRoot } from './private-root.ts';

/**
 * Whether this machine lets us make user and mount namespaces, found out by doing it. `BERTH_NAMESPACES=off` says no for
 * machines where they can be made and then misbehave.
 */
export async function canUseNamespaces(signal: AbortSignal): Promise<boolean> {
  if (process.platform !== 'linux' || process.env['BERTH_NAMESPACES'] === 'off') return false;
  const folder = await mkdtemp(join(tmpdir(), 'berth-root-'));
  try {
    const script = join(folder, 'make-root.sh');
    const root = join(folder, 'root');
    await mkdir(root);
    await writeFile(script, makeRootScript);
    const steps = privateRoot({
      mounts: [{ source: folder, target: '/berth-try', readOnly: true }],
      programs: [],
      shared: [],
      temporary: folder,
      home: '/root',
      readOnly: true,
    });
    const [program, ...args] = namespaceCommand(script, root, '/', steps, ['test', '-f', '/berth-try/make-root.sh']);
    const answer = await runProgram(program, args, { signal, seconds: 30 });
    return answer?.code === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A command in a root of its own. */
export function namespaceCommand(
  script: string,
  root: string,
  workingDir: string,
  steps: readonly string[],
  command: readonly string[],
): [string, ...string[]] {
  const made = ['/bin/sh', script, root, workingDir, ...steps, '--', ...command];
  return ['unshare', '--user', '--map-root-user', '--mount', '--propagation', 'private', ...made];
}
