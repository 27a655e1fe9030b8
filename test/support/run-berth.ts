import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { berthBinary } from './bundle-once.ts';

export interface Ended {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs the built command line, as users do. It has to end with the code `exits`; or with `killAt` at that fault point,
 * where it dies as `kill -9` ends it.
 */
export async function berth(
  cwd: string,
  args: readonly string[],
  { killAt, exits = 0, env = {} }: { killAt?: string; exits?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const ended = await run(cwd, args, killAt === undefined ? env : { ...env, BERTH_KILL_AT: killAt });
  if (killAt === undefined ? ended.exitCode === exits : ended.signal === 'SIGKILL') return ended;
  const { exitCode, signal, stdout, stderr } = ended;
  throw new Error(`berth ${args.join(' ')} ended with ${exitCode ?? signal}\n${stdout}\n${stderr}`);
}

async function run(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(process.execPath, [berthBinary, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    // Not "close": a supervisor that lives on must not hold the test up.
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, stdout: stdout(), stderr: stderr() }));
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

export interface FoundProcess {
  pid: number;
  command: string;
}

/** Processes that work in a folder or name it; undefined where the system does not tell (only Linux has /proc). */
export function processesOf(folder: string): FoundProcess[] | undefined {
  if (process.platform !== 'linux') return undefined;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = unlessGone(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()) ?? '';
      const cwd = unlessGone(() => readlinkSync(`/proc/${pid}/cwd`)) ?? '';
      return command.includes(folder) || cwd.startsWith(folder) ? [{ pid: Number(pid), command }] : [];
    });
}

function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
