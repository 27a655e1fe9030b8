import { BerthError } from '../../../../errors.ts';
import {
  type BackOffLimits,
  backOffMilliseconds,
  durationText,
  failuresAfter,
} from '../../../../local/rollout/back-off.ts';
import type { ContainerPlan } from '../../../../local/types.ts';
import type { ObservedContainer } from '../../cluster.ts';
import type { ContainerExit, Driver, PodPlace, RunningContainer } from '../driver.ts';
import type { EventLog } from './event-log.ts';
import { pause } from './pause.ts';
import { stripControls } from './strip-controls.ts';
import { type ProbeKind, watchContainer } from './watch-container.ts';

export interface ContainerSurroundings {
  pod: PodPlace;
  driver: Driver;
  logFile: string;
  events: EventLog;
  limits: BackOffLimits;
  /** Something that can be observed has changed. */
  changed: () => void;
  signal: AbortSignal;
}

const probeNames: Readonly<Record<ProbeKind, string>> = {
  startup: 'Startup',
  readiness: 'Readiness',
  liveness: 'Liveness',
};

/** One container of a pod: started, probed, and started again with a growing back-off until its pod ends. */
export class ContainerRunner {
  readonly #plan: ContainerPlan;
  readonly #init: boolean;
  readonly #around: ContainerSurroundings;
  #running: RunningContainer | undefined;
  #ready = false;
  #restarts = 0;
  #last: { reason: string; exitCode: number } | undefined;
  #now: Pick<ObservedContainer, 'state' | 'reason' | 'message' | 'exitCode'>;

  constructor(plan: ContainerPlan, init: boolean, around: ContainerSurroundings) {
    this.#plan = plan;
    this.#init = init;
    this.#around = around;
    this.#now = { state: 'waiting', reason: init ? 'ContainerCreating' : 'PodInitializing' };
  }

  get ready(): boolean {
    return this.#ready;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** Port of the container → port on 127.0.0.1; empty while it does not run. */
  get ports(): ReadonlyMap<number, number> {
    return this.#running?.ports ?? new Map();
  }

  observe(): ObservedContainer {
    return {
      name: this.#plan.name,
      init: this.#init,
      ...this.#now,
      ...(this.#last ? { lastTermination: this.#last } : {}),
      restarts: this.#restarts,
    };
  }

  /** It cannot run at all; said once, without a try. */
  refuse(reason: string, message: string): void {
    this.#set({ state: 'waiting', reason, message });
  }

  /** Until the pod ends; an init container until it has done its work. */
  async run(): Promise<void> {
    const { signal, limits } = this.#around;
    let failures = 0;
    while (!signal.aborted) {
      const began = performance.now();
      const exit = await this.#once();
      if (this.#init && exit?.exitCode === 0) return;
      if (signal.aborted) return;
      failures = failuresAfter(failures, performance.now() - began, limits);
      await this.#backOff(exit ? backOffMilliseconds(failures, limits) : backOffMilliseconds(failures + 1, limits));
      if (exit) this.#restarts += 1;
    }
  }

  /** SIGTERM, and SIGKILL after the grace period. */
  async stop(graceSeconds: number): Promise<void> {
    await this.#running?.stop(graceSeconds);
  }

  /** One life of the container; undefined where it could not even begin. */
  async #once(): Promise<ContainerExit | undefined> {
    const { pod, driver, logFile, events, signal } = this.#around;
    const { name } = this.#plan;
    if (this.#now.state !== 'waiting') this.#set({ state: 'waiting', reason: 'ContainerCreating' });
    try {
      this.#running = await driver.start(pod, this.#plan, logFile, signal);
    } catch (error) {
      if (!signal.aborted) this.#cannotStart(error);
      return undefined;
    }
    // Its pod may have been told to end while it started.
    if (signal.aborted) await this.#running.stop(0);
    events.add('Started', `Started container ${name}`);
    this.#set({ state: 'running' });
    const stopWatching = this.#init ? undefined : this.#watch(this.#running);
    const exit = await this.#running.exited;
    stopWatching?.();
    this.#running = undefined;
    this.#ready = false;
    this.#ended(exit);
    return exit;
  }

  #watch(running: RunningContainer): () => void {
    const { pod, events, changed, signal } = this.#around;
    const { name } = this.#plan;
    return watchContainer({
      plan: this.#plan,
      running,
      target: { address: pod.address, ports: running.ports },
      onReady: (ready) => {
        this.#ready = ready && !signal.aborted;
        changed();
      },
      onFailure: (kind, message) => {
        if (signal.aborted) return;
        events.add('Unhealthy', `${probeNames[kind]} probe failed: ${message}`);
        changed();
      },
      onDead: (kind) => {
        events.add('Killing', `Container ${name} failed ${kind} probe, will be restarted`);
        this.#ready = false;
        changed();
        void running.stop(pod.template.terminationGracePeriodSeconds);
      },
    });
  }

  #ended({ exitCode, outOfMemory }: ContainerExit): void {
    const reason = outOfMemory ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error';
    if (outOfMemory) {
      const mib = Math.round((this.#plan.memoryBytes ?? 0) / 1024 / 1024);
      this.#around.events.add(
        'OOMKilled',
        `Container ${this.#plan.name} used more than its memory limit of ${mib} MiB`,
      );
    }
    this.#last = { reason, exitCode };
    this.#set({ state: 'terminated', reason, exitCode });
  }

  #cannotStart(error: unknown): void {
    const reason =
      error instanceof BerthError && error.code === 'IMAGE_UNAVAILABLE' ? 'ErrImagePull' : 'RunContainerError';
    const said = error instanceof Error ? error.message : String(error);
    const hint = error instanceof BerthError && error.hint ? ` ${error.hint}` : '';
    const message = stripControls(`${said}${hint}`).slice(0, 1024);
    this.#around.events.add('Failed', `${reason}: ${message}`);
    this.#set({ state: 'waiting', reason, message });
  }

  async #backOff(milliseconds: number): Promise<void> {
    if (milliseconds === 0) return;
    const { pod, events, signal } = this.#around;
    const container = this.#plan.name;
    if (this.#now.state === 'terminated') {
      const message = `back-off ${durationText(milliseconds)} restarting failed container=${container} pod=${pod.name}`;
      events.add('BackOff', `Back-off restarting failed container ${container} in pod ${pod.name}`);
      this.#set({ state: 'waiting', reason: 'CrashLoopBackOff', message });
    } else if (this.#now.reason === 'ErrImagePull') {
      this.#set({ ...this.#now, reason: 'ImagePullBackOff' });
    }
    await pause(milliseconds, signal);
  }

  #set(now: Pick<ObservedContainer, 'state' | 'reason' | 'message' | 'exitCode'>): void {
    this.#now = now;
    this.#around.changed();
  }
}
