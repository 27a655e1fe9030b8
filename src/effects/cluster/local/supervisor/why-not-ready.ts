import type { ObservedWorkload } from '../../cluster.ts';

/** Why a server answers nobody, in one line. */
export function whyNotReady(server: string, workload: ObservedWorkload | undefined): string {
  if (!workload) return `${server} does not run`;
  if (workload.replicas === 0) return `${server} has no replicas: its manifest says replicas: 0`;
  const pods = workload.pods.filter(({ terminating }) => !terminating);
  const newest = pods.at(-1);
  const container = newest?.containers.find(({ state, reason }) => state !== 'running' && reason !== 'Completed');
  const why = container?.reason
    ? `${container.name}: ${container.reason}${container.message === undefined ? '' : ` (${container.message})`}`
    : (newest?.events[0] ?? 'its pod has not started yet');
  return `${server} is not ready: ${why}`;
}
