import type { Cluster, WorkloadRef } from '../../effects/cluster/cluster.ts';
import { reached } from '../../effects/fault-points.ts';
import type { Context } from '../define-command.ts';
import { waitUntil } from './wait-until.ts';

export interface Gone {
  gone: boolean;
  /** What the cluster said last. */
  text: string;
  /** What the user can run where something is left. */
  next?: string;
}

/** Waits until the cluster has applied a commit and nothing of the workload is left. */
export async function confirmGone(
  context: Context,
  cluster: Cluster,
  { namespace, name }: WorkloadRef,
  { revision, timeoutSeconds }: { revision: string; timeoutSeconds: number },
): Promise<Gone> {
  const { git, signal, progress } = context;
  let text = 'nothing was seen of it';
  await cluster.refresh(signal);
  reached('confirming');
  const gone = await waitUntil(context, timeoutSeconds, async () => {
    const { revision: at, error } = await cluster.synced(signal);
    const left = await cluster.observe({ namespace, name }, signal);
    const applied = at !== undefined && (await git.isAncestor(revision, at));
    if (applied && !left) return true;
    const before = text;
    text =
      error ??
      (applied ? `${name} is still there (${left?.pods.length ?? 0} pods)` : `waiting for ${revision.slice(0, 7)}`);
    if (text !== before) progress(`${cluster.name}: ${text}`);
    return undefined;
  });
  if (gone) return { gone: true, text: `${name} is gone from ${cluster.name}` };
  const byHand = `kubectl -n ${namespace} delete deployment,service ${name}`;
  return { gone: false, text, next: cluster.kind === 'local' ? 'berth status' : byHand };
}
