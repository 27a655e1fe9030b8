import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackOffLimits } from '../../../../local/rollout/back-off.ts';
import { planRollout } from '../../../../local/rollout/plan-rollout.ts';
import type { LocalWorkload } from '../../../../local/types.ts';
import type { ObservedWorkload, WorkloadRef } from '../../cluster.ts';
import type { Driver } from '../driver.ts';
import { logsOf, PodRunner } from './pod-runner.ts';

/** A workload as it should be. */
export interface DesiredWorkload {
  workload: LocalWorkload;
  /** Of its template: another one is another generation of pods. */
  revision: string;
  /** Why none of its pods can begin, in Kubernetes' words: the Secret is not there, the image does not run here. */
  blocked?: { container: string; reason: string; message: string };
}

interface Entry extends DesiredWorkload {
  /** Counts `berth restart`. */
  restarts: number;
  /** When the rollout came a step further the last time. */
  progressedAt: number;
  progress: string;
}

export interface WorkloadSetSettings {
  driver: Driver;
  stateFolder: string;
  limits: BackOffLimits;
  changed: () => void;
}

const keptLogs = 5;

/** All workloads of a cluster and their pods; brings the second to what the first ask for, one step after another. */
export class WorkloadSet {
  readonly #settings: WorkloadSetSettings;
  readonly #entries = new Map<string, Entry>();
  readonly #pods = new Map<string, Set<PodRunner>>();
  #age = 0;
  #planned = false;
  #closed = false;

  constructor(settings: WorkloadSetSettings) {
    this.#settings = settings;
  }

  /** From now on these workloads and no others. */
  apply(desired: readonly DesiredWorkload[]): void {
    const keys = new Set(desired.map(({ workload }) => keyOf(workload)));
    for (const key of this.#entries.keys()) if (!keys.has(key)) this.#entries.delete(key);
    for (const each of desired) {
      const known = this.#entries.get(keyOf(each.workload));
      const { restarts, progressedAt, progress } = known ?? { restarts: 0, progressedAt: Date.now(), progress: '' };
      const entry = { ...each, restarts, progressedAt, progress };
      this.#entries.set(keyOf(each.workload), entry);
      const current = this.pods(each.workload).filter((pod) => pod.revision === revisionOf(entry));
      for (const pod of current) refuse(pod, each.blocked);
    }
    this.#soon();
  }

  restart(ref: WorkloadRef): boolean {
    const entry = this.#entries.get(keyOf(ref));
    if (!entry) return false;
    entry.restarts += 1;
    this.#soon();
    return true;
  }

  /** Pods that can be sent requests, the longest-serving first. */
  readyPods(ref: WorkloadRef): PodRunner[] {
    return this.pods(ref).filter((pod) => pod.ready);
  }

  pods(ref: WorkloadRef): PodRunner[] {
    return [...(this.#pods.get(keyOf(ref)) ?? [])];
  }

  async observe(ref: WorkloadRef): Promise<ObservedWorkload | undefined> {
    const entry = this.#entries.get(keyOf(ref));
    const pods = await Promise.all(this.pods(ref).map(async (pod) => pod.observe()));
    // What is gone from the source and still ends is still there.
    const { template, replicas } = entry?.workload ?? { template: this.pods(ref)[0]?.place.template, replicas: 0 };
    if (!template) return undefined;
    const revision = entry ? revisionOf(entry) : '';
    const living = pods.filter((pod) => !pod.terminating);
    const updated = living.filter((pod) => pod.templateHash === revision);
    const complete = updated.length === replicas && updated.every(({ ready }) => ready) && pods.length === replicas;
    const stalled = entry && !complete ? stalledWords(entry) : undefined;
    return {
      ref: { namespace: ref.namespace, name: ref.name },
      image: template.image,
      ...(template.codeHash === undefined ? {} : { codeHash: template.codeHash }),
      templateHash: revision,
      replicas,
      updated: updated.length,
      available: living.filter(({ ready }) => ready).length,
      complete,
      ...(stalled === undefined ? {} : { stalled }),
      pods,
    };
  }

  async observeAll(): Promise<ObservedWorkload[]> {
    const refs = new Map([...this.#entries.values()].map(({ workload }) => [keyOf(workload), workload as WorkloadRef]));
    for (const [key, pods] of this.#pods) {
      const [pod] = pods;
      if (pod && !refs.has(key)) refs.set(key, { namespace: pod.place.namespace, name: pod.place.workload });
    }
    const all = await Promise.all([...refs.values()].map(async (ref) => this.observe(ref)));
    return all.filter((workload) => workload !== undefined);
  }

  /** Ends all pods gracefully; nothing starts afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#pods.values()].flatMap((pods) => [...pods]).map(async (pod) => pod.stop()));
  }

  /** Changes come in bursts: one plan answers all of them. */
  #soon(): void {
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      this.#plan();
      this.#settings.changed();
    });
  }

  #plan(): void {
    if (this.#closed) return;
    for (const [key, pods] of this.#pods) {
      if (!this.#entries.has(key)) for (const pod of pods) void this.#stop(key, pod);
    }
    for (const [key, entry] of this.#entries) this.#planOne(key, entry);
  }

  #planOne(key: string, entry: Entry): void {
    const { workload } = entry;
    const revision = revisionOf(entry);
    const pods = [...(this.#pods.get(key) ?? [])];
    const views = pods.map(({ view }) => view);
    const progress = views.map(({ name, ready, terminating }) => `${name}${ready ? '+' : ''}${terminating ? '-' : ''}`);
    if (progress.join() !== entry.progress)
      Object.assign(entry, { progress: progress.join(), progressedAt: Date.now() });
    const step = planRollout({ replicas: workload.replicas, strategy: workload.strategy, revision }, views);
    // One that never began need not wait for its successor.
    const given = pods.filter((pod) => pod.refused && pod.revision !== revision).map(({ place }) => place.name);
    const stop = new Set([...step.stop, ...given]);
    for (const pod of pods) if (stop.has(pod.place.name)) void this.#stop(key, pod);
    for (let count = 0; count < step.start; count += 1) this.#start(key, entry, revision);
  }

  #start(key: string, { workload, blocked }: Entry, revision: string): void {
    const { driver, stateFolder, limits } = this.#settings;
    const changed = (): void => this.#soon();
    const pod = new PodRunner({ workload, revision, age: (this.#age += 1), driver, stateFolder, limits, changed });
    const pods = this.#pods.get(key) ?? new Set();
    this.#pods.set(key, pods.add(pod));
    if (blocked) refuse(pod, blocked);
    else pod.start();
    void forgetOldLogs(logsOf(stateFolder, workload), new Set(this.pods(workload).map(({ place }) => place.name)));
  }

  async #stop(key: string, pod: PodRunner): Promise<void> {
    await pod.stop();
    const pods = this.#pods.get(key);
    if (pods?.delete(pod) && pods.size === 0) this.#pods.delete(key);
    this.#soon();
  }
}

function refuse(pod: PodRunner, blocked: DesiredWorkload['blocked']): void {
  if (blocked) pod.refuse(blocked.container, blocked.reason, blocked.message);
}

const keyOf = ({ namespace, name }: WorkloadRef): string => `${namespace}/${name}`;

/** A pod that could not begin is of another generation than one that can. */
const revisionOf = ({ revision, blocked, restarts }: Entry): string =>
  `${revision}${blocked ? '-blocked' : ''}${restarts > 0 ? `-r${restarts}` : ''}`;

function stalledWords({ workload, progressedAt }: Entry): string | undefined {
  if (Date.now() - progressedAt < workload.progressDeadlineSeconds * 1000) return undefined;
  return `ProgressDeadlineExceeded: Deployment "${workload.name}" has not progressed for ${workload.progressDeadlineSeconds} s`;
}

/** The newest stay, for whoever asks why a pod ended. */
async function forgetOldLogs(folder: string, alive: ReadonlySet<string>): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => !alive.has(name));
  const dated = await Promise.all(
    names.map(async (name) => [name, (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0] as const),
  );
  const old = dated.toSorted(([, a], [, b]) => b - a).slice(keptLogs);
  for (const [name] of old) await rm(join(folder, name), { recursive: true, force: true });
}
