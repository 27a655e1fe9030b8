import type { ObservedContainer, ObservedPod, ObservedWorkload } from '../../effects/cluster/cluster.ts';
import type { PodEvidence } from '../../faults/types.ts';

/**
 * The pod that tells most about a server: one with other code than is wanted, for it may be the one that answered; else
 * one that is not ready; else any. One on its way out gets no requests any more.
 */
export function podEvidence({ pods }: ObservedWorkload, codeHash: string | undefined): PodEvidence | undefined {
  const present = pods.filter(({ terminating }) => !terminating);
  const stale = codeHash === undefined ? undefined : present.find((pod) => pod.ready && pod.codeHash !== codeHash);
  const pod = stale ?? present.find(({ ready }) => !ready) ?? present[0];
  return pod && evidenceOf(pod);
}

function evidenceOf({ ready, codeHash, containers, events, lastLogLines }: ObservedPod): PodEvidence {
  const container = containers.find(isInTrouble) ?? containers.find(({ init }) => !init);
  const reason = container?.reason ?? container?.lastTermination?.reason;
  const exitCode = container?.exitCode ?? container?.lastTermination?.exitCode;
  return {
    ready,
    restarts: container?.restarts ?? 0,
    ...(reason === undefined ? {} : { reason }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(codeHash === undefined ? {} : { codeHash }),
    events,
    lastLogLines,
  };
}

/** An init container that ended well is done; everything else that does not run is in trouble. */
const isInTrouble = ({ state, init, exitCode }: ObservedContainer): boolean =>
  state === 'terminated' ? !(init && exitCode === 0) : state === 'waiting';
