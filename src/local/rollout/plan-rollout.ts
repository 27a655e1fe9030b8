import type { LocalWorkload } from '../types.ts';

/** What a rollout has to know of a pod that exists. */
export interface PodView {
  name: string;
  /** Of the template that it was made from. */
  revision: string;
  ready: boolean;
  /** It was told to end, and has not ended yet. */
  terminating: boolean;
  restarts: number;
  /** Grows with every pod: the older one has the smaller number. */
  age: number;
}

export interface Rollout {
  replicas: number;
  strategy: LocalWorkload['strategy'];
  /** Of the template that all pods should carry. */
  revision: string;
}

/** How many pods to start, and which to stop, right now. */
export interface RolloutStep {
  start: number;
  stop: readonly string[];
}

/**
 * The next step of a rollout, as the Deployment controller takes it: pods that end count no longer, `maxSurge` limits
 * how many there are, `maxUnavailable` how few of them may be ready.
 */
export function planRollout({ replicas, strategy, revision }: Rollout, pods: readonly PodView[]): RolloutStep {
  const living = pods.filter((pod) => !pod.terminating);
  const current = living.filter((pod) => pod.revision === revision);
  const old = living.filter((pod) => pod.revision !== revision);
  const surplus = mostDispensable(current).slice(0, Math.max(0, current.length - replicas));
  const missing = Math.max(0, replicas - current.length);

  if (strategy.type === 'Recreate') {
    const oldLeft = pods.some((pod) => pod.revision !== revision);
    return { start: oldLeft ? 0 : missing, stop: [...old, ...surplus].map(({ name }) => name) };
  }

  const room = replicas + strategy.maxSurge - living.length + surplus.length;
  const start = Math.max(0, Math.min(missing, room));
  const stop = [...surplus, ...oldToStop({ replicas, strategy, current, old })];
  return { start, stop: stop.map(({ name }) => name) };
}

interface Generations {
  replicas: number;
  strategy: LocalWorkload['strategy'];
  current: readonly PodView[];
  old: readonly PodView[];
}

/** Old pods that are not ready serve nobody and go first; of the others as many as the new ones can stand in for. */
function oldToStop({ replicas, strategy, current, old }: Generations): PodView[] {
  const leastReady = Math.max(0, replicas - strategy.maxUnavailable);
  const newNotReady = current.filter((pod) => !pod.ready).length;
  let budget = current.length + old.length - leastReady - newNotReady;
  const broken = mostDispensable(old.filter((pod) => !pod.ready)).slice(0, Math.max(0, budget));
  budget -= broken.length;

  const serving = mostDispensable(old.filter((pod) => pod.ready));
  const ready = current.length - newNotReady + serving.length;
  return [...broken, ...serving.slice(0, Math.max(0, Math.min(budget, ready - leastReady)))];
}

/** In the order of Kubernetes: not ready before ready, often restarted before steady, young before old. */
function mostDispensable(pods: readonly PodView[]): PodView[] {
  return pods.toSorted((a, b) => Number(a.ready) - Number(b.ready) || b.restarts - a.restarts || b.age - a.age || 0);
}
