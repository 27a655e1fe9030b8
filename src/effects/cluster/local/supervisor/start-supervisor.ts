import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BerthError } from '../../../../errors.ts';
import type { FirstWord } from './run-supervisor.ts';
import { makeStateFolder } from './state-folder.ts';
import type { SupervisorSettings } from './supervisor.ts';

/** Which local cluster is meant. */
export interface ClusterPlace {
  /** The platform's repository. */
  root: string;
  cluster: string;
  stateFolder: string;
}

/** One that is attached ends when its input does, because whoever started it has gone. */
export type RunSettings = ClusterPlace &
  SupervisorSettings & { attached: boolean; servers: { directory: string; namespace: string } };

/** What a supervisor is told as the first line of its input. */
export type SupervisorOrder =
  /** To end what one that was killed has left. */
  (ClusterPlace & { do: 'sweep' }) | (RunSettings & { do: 'run' });

/** Starts the supervisor as a process of its own and waits until it runs. Errors: CLUSTER_BUSY, PORT_TAKEN. */
export async function startSupervisor(order: RunSettings, program?: string): Promise<ChildProcess> {
  const { child } = await begin({ ...order, do: 'run' }, program);
  if (!order.attached) child.unref();
  return child;
}

/** Gives back the names of what it ended; nothing where there is no such cluster or it runs. */
export async function sweepLeftovers(place: ClusterPlace, program?: string): Promise<readonly string[]> {
  if (!existsSync(place.stateFolder)) return [];
  const { word } = await begin({ ...place, do: 'sweep' }, program);
  return 'swept' in word ? word.swept : [];
}

async function begin(
  order: SupervisorOrder,
  program = supervisorProgram(),
): Promise<{ child: ChildProcess; word: Exclude<FirstWord, { error: unknown }> }> {
  await makeStateFolder(order.stateFolder);
  const log = join(order.stateFolder, 'supervisor.log');
  const stderr = openSync(log, 'a', 0o600);
  const { size: before } = fstatSync(stderr);
  const child = spawn(process.execPath, [program], {
    cwd: order.root,
    // A session of its own: Ctrl-C on our terminal reaches us, and we decide what it means.
    detached: true,
    stdio: ['pipe', 'pipe', stderr],
  });
  closeSync(stderr);
  child.stdin?.on('error', () => undefined);
  const line = `${JSON.stringify(order)}\n`;
  if (order.do === 'run' && order.attached) child.stdin?.write(line);
  else child.stdin?.end(line);

  const word = await firstWord(child);
  child.stdout?.destroy();
  if (word && !('error' in word)) return { child, word };
  const { code = 'CLUSTER_UNREACHABLE', message, hint } = word?.error ?? { message: await lastWords(log, before) };
  throw new BerthError(code, message, hint === undefined ? {} : { hint });
}

async function firstWord(child: ChildProcess): Promise<FirstWord | undefined> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(JSON.parse(text.slice(0, text.indexOf('\n'))) as FirstWord);
    });
    child.once('exit', () => resolve(undefined));
    child.once('error', () => resolve(undefined));
  });
}

async function lastWords(log: string, from: number): Promise<string> {
  const text = (await readFile(log).catch(() => Buffer.alloc(0))).subarray(from).toString();
  return `The local cluster's supervisor could not start: ${text.trim().split('\n').slice(-5).join(' ') || 'it said nothing'}`;
}

function supervisorProgram(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, 'dist/supervisor.js');
}
