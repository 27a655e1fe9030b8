import { createInterface } from 'node:readline';
import { BerthError, type ErrorCode } from '../../../../errors.ts';
import type { Driver } from '../driver.ts';
import { serveControl } from './control-server.ts';
import type { ClusterPlace, SupervisorOrder } from './start-supervisor.ts';
import { makeStateFolder, socketOf } from './state-folder.ts';
import { type Holder, takeLock } from './supervisor-lock.ts';
import { Supervisor, type SupervisorParts } from './supervisor.ts';

/** The first line that a supervisor writes: that it runs, what it ended, or why it does neither. */
export type FirstWord =
  | { ready: true }
  | { swept: readonly string[] }
  | { error: { code: ErrorCode; message: string; hint?: string } };

export interface PartsOf {
  driver: (place: ClusterPlace, signal: AbortSignal) => Promise<Driver>;
  parts: (order: RunOrder, driver: Driver) => Promise<Omit<SupervisorParts, 'driver'>>;
}

export type RunOrder = Extract<SupervisorOrder, { do: 'run' }>;

/** The whole life of a supervisor process: takes its order from its input, and says on its output what came of it. */
export async function runSupervisor(partsOf: PartsOf): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const lines = createInterface({ input: process.stdin });
  const order = await new Promise<SupervisorOrder | undefined>((resolve) => {
    lines.once('line', (line) => resolve(JSON.parse(line) as SupervisorOrder));
    lines.once('close', () => resolve(undefined));
  });
  if (!order) return;
  if (order.do === 'run' && order.attached) lines.once('close', () => stop.abort());
  try {
    await carryOut(order, partsOf, stop);
  } catch (error) {
    if (!(error instanceof BerthError)) throw error;
    say({ error: error.toJSON() });
  }
}

async function carryOut(order: SupervisorOrder, partsOf: PartsOf, stop: AbortController): Promise<void> {
  const { stateFolder } = order;
  await makeStateFolder(stateFolder);
  const socket = socketOf(stateFolder);
  const source = order.do === 'run' ? order.source : { kind: 'working tree' as const, servers: [] };
  const lock = await takeLock(stateFolder, { socket: socket.path, source });
  if ('heldBy' in lock) throw busy(order.cluster, lock.heldBy);
  try {
    const driver = await partsOf.driver(order, stop.signal);
    if (order.do === 'sweep') {
      say({ swept: await driver.sweep() });
      return;
    }
    const supervisor = new Supervisor(order, { driver, ...(await partsOf.parts(order, driver)) });
    await supervisor.start();
    const control = await serveControl(socket, supervisor, () => stop.abort());
    say({ ready: true });
    await aborted(stop.signal);
    await supervisor.stop();
    control.close();
    control.closeAllConnections();
  } finally {
    await lock.release();
  }
}

/** Nobody may listen any more. */
function say(word: FirstWord): void {
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${JSON.stringify(word)}\n`);
}

async function aborted(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function busy(cluster: string, { pid, source }: Holder): BerthError {
  const from = source.kind === 'git' ? `${source.remote}/${source.branch}` : 'the working tree';
  return new BerthError('CLUSTER_BUSY', `${cluster} runs already, from ${from} (process ${pid})`, {
    hint: 'Stop it first: berth down',
  });
}
