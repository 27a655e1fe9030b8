import type { Driver } from './driver.ts';
import { ProcessDriver } from './process/process-driver.ts';
import type { ClusterPlace } from './supervisor/start-supervisor.ts';

/** How pods run on this machine. */
export async function openDriver({ stateFolder }: ClusterPlace): Promise<Driver> {
  return new ProcessDriver({ stateFolder });
}
