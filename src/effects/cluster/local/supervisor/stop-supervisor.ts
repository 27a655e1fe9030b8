import { setTimeout as sleep } from 'node:timers/promises';
import { controlClient } from './control-client.ts';
import { sweepLeftovers, type ClusterPlace } from './start-supervisor.ts';
import { holderOf } from './supervisor-lock.ts';

/** A pod may take its grace period, and thirty seconds is what Kubernetes gives it. */
const patienceMilliseconds = 60_000;

/**
 * Ends a local cluster, whoever started it, and what a supervisor that was killed has left. Nothing else is touched.
 * Gives back the names of what it ended.
 */
export async function stopSupervisor(
  place: ClusterPlace,
  signal: AbortSignal,
  program?: string,
): Promise<readonly string[]> {
  const { stateFolder } = place;
  const holder = await holderOf(stateFolder);
  const ended: string[] = [];
  if (holder) {
    const control = controlClient(holder.socket);
    const state = await control.state(signal).catch(() => undefined);
    ended.push(...(state?.servers ?? []).map(({ name }) => name));
    await control.stop(signal).catch(() => process.kill(holder.pid, 'SIGTERM'));
    const until = Date.now() + patienceMilliseconds;
    while ((await holderOf(stateFolder)) && Date.now() < until) await sleep(50, undefined, { signal });
    if (await holderOf(stateFolder)) process.kill(holder.pid, 'SIGKILL');
  }
  return [...ended, ...(await sweepLeftovers(place, program))];
}
