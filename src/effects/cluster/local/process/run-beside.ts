import { spawn } from 'node:child_process';
import { signalGroup } from './end-processes.ts';
import type { LaunchPlan } from './launch-plan.ts';

const outputLimit = 64 * 1024;

/** Runs a command of a probe to its end, where the container's own process runs. */
export async function runBeside(
  { command: [program, ...args], env, cwd }: LaunchPlan,
  signal: AbortSignal,
): Promise<{ exitCode: number; output: string }> {
  signal.throwIfAborted();
  const child = spawn(program, args, { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  let size = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      if (size < outputLimit) chunks.push(chunk);
      size += chunk.length;
    });
  }
  const stop = (): void => void (child.pid !== undefined && signalGroup(child.pid, 'SIGKILL'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('close', (code) => resolve(code ?? 137));
      child.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(127) : reject(error)));
    });
    signal.throwIfAborted();
    return { exitCode, output: Buffer.concat(chunks).toString().slice(0, outputLimit) };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
