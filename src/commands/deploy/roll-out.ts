import type { Cluster, ObservedPod, ObservedWorkload, WorkloadRef } from '../../effects/cluster/cluster.ts';
import { reached } from '../../effects/fault-points.ts';
import type { Context } from '../define-command.ts';
import { waitUntil } from './wait-until.ts';

export interface RollOut {
  ok: boolean;
  /** In one line: `Deployment 1/1 available`, or what was seen last. */
  text: string;
  /** The workload when it was looked at last. */
  workload?: ObservedWorkload;
  /** What the cluster says is wrong, where it says so. */
  error?: string;
  /** The commit that the cluster runs. */
  revision?: string;
}

export interface Wanted {
  workload: WorkloadRef;
  revision: string;
  /** After the kustomization, where it sets one. */
  image: string;
  codeHash: string | undefined;
  timeoutSeconds: number;
}

/** How long an error of the cluster or of a pod may stand before it counts as one that will not go away. */
const patienceSeconds = 20;
const hopeless = new Set([
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
]);

/** Waits until the cluster has applied the revision, or a later one, and only pods of its image and code are there. */
export async function rollOut(context: Context, cluster: Cluster, wanted: Wanted): Promise<RollOut> {
  const { git, signal, progress } = context;
  let last: RollOut = { ok: false, text: 'nothing was seen of it' };
  let refusedSince: { text: string; at: number } | undefined;

  await cluster.refresh(signal);
  reached('rolling-out');
  const done = await waitUntil(context, wanted.timeoutSeconds, async () => {
    const before = last.text;
    last = await look(git, cluster, wanted, signal);
    if (last.text !== before) progress(`${cluster.name}: ${last.text}`);
    if (last.ok) return last;
    const refusal = refusalIn(last);
    if (refusal === undefined) refusedSince = undefined;
    else if (refusedSince?.text !== refusal) refusedSince = { text: refusal, at: context.now() };
    const given = refusedSince && context.now() - refusedSince.at > patienceSeconds * 1000;
    return given || isCrashing(last.workload) ? last : undefined;
  });
  return done ?? { ...last, text: `${last.text} (after ${wanted.timeoutSeconds} s)` };
}

/** What step 4 asks the cluster: has it applied the revision, and is the rollout complete? */
export async function look(
  git: Context['git'],
  cluster: Cluster,
  { workload: ref, revision, image, codeHash }: Wanted,
  signal: AbortSignal,
): Promise<RollOut> {
  const synced = await cluster.synced(signal);
  if (synced.revision === undefined || !(await git.isAncestor(revision, synced.revision))) {
    const at = synced.revision === undefined ? 'has applied nothing yet' : `is at ${synced.revision.slice(0, 7)}`;
    return { ok: false, text: `${at}, waiting for ${revision.slice(0, 7)}`, ...problem(synced.error) };
  }
  const workload = await cluster.observe(ref, signal);
  const seen = { ...(workload ? { workload } : {}), revision: synced.revision };
  if (!workload) return { ok: false, text: `${ref.name} is not there yet`, ...seen, ...problem(synced.error) };

  const state = `${workload.available}/${workload.replicas} available`;
  if (!workload.complete) return { ok: false, text: troubleOf(workload) ?? `${ref.name} ${state}`, ...seen };
  const others = workload.pods.filter((pod) => !pod.terminating && !runs(pod, image, codeHash));
  const [other] = others;
  if (other) return { ok: false, text: `pod ${other.name} runs ${differenceOf(other, image)}`, ...seen };
  return { ok: true, text: `synced ${synced.revision.slice(0, 7)}, ${ref.name} ${state}`, ...seen };
}

/** An error says more than what is still missing. */
const problem = (error: string | undefined) => (error === undefined ? {} : { text: error, error });

const runs = (pod: ObservedPod, image: string, codeHash: string | undefined): boolean =>
  pod.image === image && (codeHash === undefined || pod.codeHash === codeHash);

const differenceOf = (pod: ObservedPod, image: string): string =>
  pod.image === image ? `other code (${pod.codeHash ?? 'without a hash'})` : `${pod.image}, not ${image}`;

/** The container that keeps a pod of the newest template from being ready, in Kubernetes' words. */
function troubleOf(workload: ObservedWorkload): string | undefined {
  for (const pod of current(workload)) {
    for (const container of pod.containers) {
      const { name, state, reason, message, lastTermination, restarts } = container;
      const exitCode = container.exitCode ?? lastTermination?.exitCode;
      if (reason === undefined || state === 'running' || reason === 'Completed') continue;
      if (reason === 'PodInitializing' || reason === 'ContainerCreating') continue;
      const details = [
        exitCode === undefined ? '' : `exit code ${exitCode}`,
        restarts > 0 ? `${restarts} ${restarts === 1 ? 'restart' : 'restarts'}` : '',
        // How long it waits before the next try tells nobody anything.
        reason === 'CrashLoopBackOff' ? '' : (message ?? ''),
      ].filter(Boolean);
      return `pod ${pod.name}, container ${name}: ${reason}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
    }
  }
  return undefined;
}

const current = (workload: ObservedWorkload): ObservedPod[] =>
  workload.pods.filter((pod) => pod.templateHash === workload.templateHash && !pod.terminating);

/** An error of the cluster itself, or a container that cannot even start. */
function refusalIn({ error, workload }: RollOut): string | undefined {
  if (!workload) return error;
  const containers = current(workload).flatMap((pod) => pod.containers);
  return containers.find(({ reason = '' }) => hopeless.has(reason))?.reason;
}

/** It began three times and ended three times: the fourth will not be better. */
function isCrashing(workload: ObservedWorkload | undefined): boolean {
  if (!workload) return false;
  return current(workload).some((pod) =>
    pod.containers.some(({ restarts, reason }) => restarts >= 2 && reason === 'CrashLoopBackOff'),
  );
}
