import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { ContainerExit } from '../driver.ts';
import type { ContainerLog } from '../write-log.ts';
import { endMarked, signalGroup } from './end-processes.ts';
import type { LaunchPlan } from './launch-plan.ts';
import { watchMemory } from './watch-memory.ts';

export interface StartedProcess {
  pid: number;
  exited: Promise<ContainerExit>;
  stop(graceSeconds: number): Promise<void>;
}

export interface StartOptions {
  log: ContainerLog;
  memoryBytes: number | undefined;
  /** `NAME=value` in the environment of this container's processes, and of no others. */
  mark: string;
}

/** Starts a container's process in a session of its own. When it ends, whatever it has started ends with it. */
export async function startProcess(
  { command: [program, ...args], env, cwd }: LaunchPlan,
  { log, memoryBytes, mark }: StartOptions,
): Promise<StartedProcess> {
  const child = spawn(program, args, { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  await spawned(child);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} has no process number`);
  log.follow(child.stdout);
  log.follow(child.stderr);
  let outOfMemory = false;
  const stopWatching =
    memoryBytes === undefined
      ? undefined
      : watchMemory(pid, memoryBytes, () => {
          outOfMemory = true;
          signalGroup(pid, 'SIGKILL');
        });

  const exited = (async (): Promise<ContainerExit> => {
    const { code, signal } = await ended(child);
    stopWatching?.();
    signalGroup(pid, 'SIGKILL');
    await endMarked(mark);
    await drained(child);
    await log.close();
    const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
    return { exitCode, ...(signal === null ? {} : { signal }), outOfMemory };
  })();

  return {
    pid,
    exited,
    async stop(graceSeconds) {
      signalGroup(pid, graceSeconds > 0 ? 'SIGTERM' : 'SIGKILL');
      const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceSeconds * 1000);
      await exited;
      clearTimeout(timer);
    },
  };
}

async function spawned(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

async function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  if (child.exitCode !== null || child.signalCode !== null) return { code: child.exitCode, signal: child.signalCode };
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/** Until both streams are read, unless somebody outside holds them open. */
async function drained({ stdout, stderr }: ChildProcess): Promise<void> {
  const open = [stdout, stderr].filter((stream) => stream !== null && !stream.readableEnded && !stream.destroyed);
  const all = Promise.all(open.map((stream) => new Promise((resolve) => stream?.once('close', resolve))));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, 5000);
  });
  await Promise.race([all, late]);
  clearTimeout(timer);
  for (const stream of open) stream?.destroy();
}
