import type { Driver } from './driver.ts';
import { LocalDriver } from './local-driver.ts';
import type { ClusterPlace } from './supervisor/start-supervisor.ts';

/** How pods run on this machine. */
export async function openDriver({ stateFolder }: ClusterPlace, signal: AbortSignal): Promise<Driver> {
  return LocalDriver.open({ stateFolder }, signal);
}
