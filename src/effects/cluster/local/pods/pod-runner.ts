import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackOffLimits } from '../../../../local/rollout/back-off.ts';
import type { PodView } from '../../../../local/rollout/plan-rollout.ts';
import type { LocalWorkload } from '../../../../local/types.ts';
import type { ObservedContainer, ObservedPod } from '../../cluster.ts';
import type { Driver, PodPlace } from '../driver.ts';
import { ContainerRunner } from './container-runner.ts';
import { EventLog } from './event-log.ts';
import { tailOf } from './log-tail.ts';
import { pause } from './pause.ts';

export interface PodSettings {
  workload: LocalWorkload;
  /** Of its template; a rollout replaces pods of other revisions. */
  revision: string;
  /** Counts up. */
  age: number;
  driver: Driver;
  /** Pods and logs are kept below it. */
  stateFolder: string;
  limits: BackOffLimits;
  changed: () => void;
}

/** Where the logs of all pods of a workload lie. */
export const logsOf = (stateFolder: string, { namespace, name }: { namespace: string; name: string }): string =>
  join(stateFolder, 'logs', asFileName(namespace), asFileName(name));

/** Names come from manifests: none of them may lead elsewhere. */
const asFileName = (name: string): string => name.replace(/[^a-z0-9.-]/gi, '_').replace(/^\.+/, '_') || '_';

/** How long a pod that ends waits for requests that it still answers, before it is told. */
const drainMilliseconds = 5000;
const shownLines = 30;

/** One pod from its first file to its last: volumes, init containers in order, containers, and their end. */
export class PodRunner {
  readonly place: PodPlace;
  readonly revision: string;
  readonly logFolder: string;
  /** Requests that it answers just now; the gateway counts them. */
  inFlight = 0;
  /** It never began, and says why. */
  refused = false;
  readonly #settings: PodSettings;
  readonly #events = new EventLog();
  readonly #ending = new AbortController();
  readonly #init: readonly ContainerRunner[];
  readonly #main: readonly ContainerRunner[];
  #running: Promise<void> | undefined;
  #ended: Promise<void> | undefined;

  constructor(settings: PodSettings) {
    const { workload, revision, age, driver, stateFolder, limits, changed } = settings;
    const name = `${asFileName(workload.name)}-${revision.replace(/[^a-z0-9]/g, '').slice(0, 9)}-${randomName()}`;
    this.#settings = settings;
    this.revision = revision;
    this.logFolder = join(logsOf(stateFolder, workload), name);
    this.place = {
      name,
      namespace: workload.namespace,
      workload: workload.name,
      template: workload.template,
      folder: join(stateFolder, 'pods', name),
      address: addressOf(age),
    };
    const surroundings = {
      pod: this.place,
      driver,
      events: this.#events,
      limits,
      changed,
      signal: this.#ending.signal,
    };
    const runner = (init: boolean) => (plan: LocalWorkload['template']['containers'][number]) =>
      new ContainerRunner(plan, init, {
        ...surroundings,
        logFile: join(this.logFolder, `${asFileName(plan.name)}.log`),
      });
    this.#init = workload.template.initContainers.map(runner(true));
    this.#main = workload.template.containers.map(runner(false));
  }

  get name(): string {
    return this.place.name;
  }

  get view(): PodView {
    const { age } = this.#settings;
    const restarts = this.#main.reduce((sum, container) => sum + container.restarts, 0);
    return {
      name: this.place.name,
      revision: this.revision,
      ready: this.ready,
      terminating: this.terminating,
      restarts,
      age,
    };
  }

  get ready(): boolean {
    return !this.terminating && this.#main.every((container) => container.ready);
  }

  get terminating(): boolean {
    return this.#ending.signal.aborted;
  }

  /** Of all its containers: port → port on 127.0.0.1. */
  get ports(): ReadonlyMap<number, number> {
    return new Map(this.#main.flatMap((container) => [...container.ports]));
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** It will not run here, and says why. */
  refuse(container: string, reason: string, message: string): void {
    this.refused = true;
    const plans = [...this.#init, ...this.#main];
    const refused = plans.find((each) => each.observe().name === container) ?? plans.at(-1);
    this.#events.add('Failed', `Error: ${message}`);
    refused?.refuse(reason, message);
  }

  /** Gracefully, once; what it leaves on the disk but its logs is taken away. */
  async stop(): Promise<void> {
    this.#ended ??= this.#end();
    await this.#ended;
  }

  async observe(): Promise<ObservedPod> {
    const { template } = this.place;
    const containers = [...this.#init, ...this.#main].map((container) => container.observe());
    const shown = containers.find(isTroubled) ?? containers.find(({ init }) => !init);
    return {
      name: this.place.name,
      phase: this.#init.some((container) => container.observe().reason !== 'Completed')
        ? 'Pending'
        : phaseOf(containers),
      ready: this.ready,
      terminating: this.terminating,
      image: template.image,
      ...(template.codeHash === undefined ? {} : { codeHash: template.codeHash }),
      templateHash: this.revision,
      containers,
      events: this.#events.lines(),
      lastLogLines: shown ? await tailOf(join(this.logFolder, `${asFileName(shown.name)}.log`), shownLines) : [],
    };
  }

  async #run(): Promise<void> {
    const { driver } = this.#settings;
    const { signal } = this.#ending;
    try {
      await mkdir(this.logFolder, { recursive: true });
      await driver.prepare(this.place, signal);
    } catch (error) {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      this.refuse('', 'CreateContainerConfigError', message);
      return;
    }
    for (const container of this.#init) {
      await container.run();
      if (this.terminating) return;
    }
    await Promise.all(this.#main.map(async (container) => container.run()));
  }

  async #end(): Promise<void> {
    const { driver, changed } = this.#settings;
    this.#ending.abort();
    changed();
    const until = Date.now() + drainMilliseconds;
    while (this.inFlight > 0 && Date.now() < until) await pause(20, AbortSignal.any([]));
    const grace = this.place.template.terminationGracePeriodSeconds;
    await Promise.all([...this.#init, ...this.#main].map(async (container) => container.stop(grace)));
    await this.#running;
    // A folder that cannot be removed now is at the next start.
    await driver.dispose(this.place).catch(() => undefined);
  }
}

const isTroubled = ({ state, reason, init }: ObservedContainer): boolean =>
  state === 'terminated' ? reason !== 'Completed' : state === 'waiting' ? reason !== 'PodInitializing' : init;

function phaseOf(containers: readonly ObservedContainer[]): ObservedPod['phase'] {
  const main = containers.filter(({ init }) => !init);
  return main.some(({ state, restarts }) => state !== 'waiting' || restarts > 0) ? 'Running' : 'Pending';
}

/** As Kubernetes ends the names of pods: no vowels, so no words. */
function randomName(): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return [...randomBytes(5)].map((byte) => letters[byte % letters.length]).join('');
}

const addressOf = (age: number): string => `10.244.${Math.floor(age / 250) % 256}.${(age % 250) + 2}`;
