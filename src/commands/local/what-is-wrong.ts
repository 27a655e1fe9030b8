import type { ObservedWorkload } from '../../effects/cluster/cluster.ts';

const onItsWay = new Set(['PodInitializing', 'ContainerCreating', 'Completed']);

/** The container that keeps a workload from being ready, in Kubernetes' words; undefined where nothing is wrong yet. */
export function whatIsWrong(
  { pods, templateHash }: ObservedWorkload,
  { counting = true }: { counting?: boolean } = {},
): string | undefined {
  const current = pods.filter((pod) => pod.templateHash === templateHash && !pod.terminating);
  for (const { containers } of current) {
    for (const { name, state, reason, message, restarts, lastTermination } of containers) {
      if (state === 'running' || reason === undefined || onItsWay.has(reason)) continue;
      const ended = lastTermination ? `${lastTermination.reason}, exit code ${lastTermination.exitCode}` : undefined;
      const details = [
        ended,
        counting && restarts > 0 ? `${restarts} restarts` : undefined,
        ended ? undefined : message,
      ];
      const known = details.filter((detail) => detail !== undefined);
      return `${name}: ${reason}${known.length > 0 ? ` (${known.join('; ')})` : ''}`;
    }
  }
  return undefined;
}
