import { type ChildProcess, spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { PodEvidence } from '../../src/faults/types.ts';
import { type PythonEnvironment, findUv, installNode, installPython } from './install-packages.ts';

/** A server of this folder, and how it is run. */
export interface TestServer {
  /** `node/sdk-v2.mjs`, `python/custom_route.py`. */
  file: string;
  /** For Python: the packages that it runs with. */
  packages?: PythonEnvironment;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Flags of Node itself. */
  nodeFlags?: readonly string[];
  /** It never listens at its port: waits for its end, or for this in its output. */
  until?: 'end' | RegExp;
}

export interface RunningServer {
  port: number;
  /** What a cluster would say about its pod. */
  pod(): PodEvidence;
  output(): string;
  stop(): Promise<void>;
}

const patience = 120_000;

/** Whether servers in Python can run here; said aloud where they cannot, and a failure in CI. */
export function canRunPython(): boolean {
  if (findUv() !== undefined) return true;
  if (process.env['CI'] === 'true') throw new Error('The servers in Python need uv: https://docs.astral.sh/uv/');
  process.stderr.write('\nNOT TESTED: servers in Python need uv, and there is none here.\n\n');
  return false;
}

/** Starts a server on a free port as a process of its own, and waits until it listens (or has ended, where that is its fault). */
export async function startServer(server: TestServer): Promise<RunningServer> {
  const port = await freePort();
  const [command, ...args] = await commandOf(server);
  const child = spawn(command, args, {
    // A pod has no standard input.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), ...server.env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text = (text + chunk).slice(-100_000)));
  }
  const running: RunningServer = {
    port,
    output: () => text,
    pod: () => ({
      ...(child.exitCode === null ? {} : { exitCode: child.exitCode, reason: 'CrashLoopBackOff' }),
      restarts: child.exitCode === null ? 0 : 3,
      ready: false,
      events: [],
      lastLogLines: text.split('\n').slice(-60),
    }),
    stop: async () => stop(child),
  };
  try {
    await begun(server, running, child);
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function commandOf({ file, packages, args = [], nodeFlags = [] }: TestServer): Promise<[string, ...string[]]> {
  if (file.startsWith('node/')) {
    return [process.execPath, ...nodeFlags, join(await installNode(), basename(file)), ...args];
  }
  const uv = findUv();
  if (!uv || !packages) throw new Error(`${file} needs uv and a list of packages`);
  // -u: what it says is there when it ends.
  return [await installPython(uv, packages), '-u', join(dirname(fileURLToPath(import.meta.url)), file), ...args];
}

async function begun({ file, until }: TestServer, running: RunningServer, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (until === 'end' ? ended : until ? until.test(running.output()) : await listens(running.port)) return;
    if (ended) throw new Error(`${file} ended with ${child.exitCode ?? child.signalCode}:\n${running.output()}`);
    await sleep(50);
  }
  throw new Error(`${file} did not begin in ${patience / 1000} s:\n${running.output()}`);
}

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGKILL');
  });
}
