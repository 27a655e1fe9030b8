import { BerthError } from '../../../errors.ts';
import type { ContainerPlan, PodTemplate } from '../../../local/types.ts';
import { ContainerDriver } from './containers/container-driver.ts';
import type { ContainerEngine } from './containers/container-engine.ts';
import { findContainerEngine } from './containers/find-container-engine.ts';
import type { Driver, PodPlace, RunningContainer } from './driver.ts';
import { ProcessDriver } from './process/process-driver.ts';

export interface LocalDriverOptions {
  /** Of the local cluster: `.berth/state/<cluster>`. */
  stateFolder: string;
  /** Undefined: podman or Docker, whichever answers. */
  engine?: ContainerEngine;
}

/**
 * Runs a pod in containers where podman or Docker answers and has, or can get, all of its images; else as processes,
 * where this machine has what stands for them.
 */
export class LocalDriver implements Driver {
  readonly kind: Driver['kind'];
  readonly #processes: ProcessDriver;
  readonly #containers: ContainerDriver | undefined;
  /** Pod's folder → who runs it. */
  readonly #pods = new Map<string, Driver>();
  /** The engine has started something: it works, and its refusals are meant. */
  #engineWorks = false;
  #engineBroken = false;

  constructor({ stateFolder, engine }: LocalDriverOptions) {
    this.kind = engine ? 'container' : 'process';
    this.#processes = new ProcessDriver({ stateFolder });
    this.#containers = engine && new ContainerDriver({ engine, stateFolder });
  }

  static async open({ stateFolder, engine }: LocalDriverOptions, signal: AbortSignal): Promise<LocalDriver> {
    const found = engine ?? (await findContainerEngine({}, signal));
    return new LocalDriver({ stateFolder, ...(found ? { engine: found } : {}) });
  }

  async refusal(container: ContainerPlan, signal: AbortSignal): Promise<string | undefined> {
    const asProcess = await this.#processes.refusal(container, signal);
    // What can run as a process needs no image: it is fetched when the pod starts, if it can be.
    if (asProcess === undefined || !this.#containers) return asProcess;
    const inContainer = await this.#containers.refusal(container, signal);
    return inContainer === undefined ? undefined : `${inContainer}; and as a process: ${asProcess}`;
  }

  async notEnforced(template: PodTemplate, signal: AbortSignal): Promise<readonly string[]> {
    const driver = await this.#choose(template, signal);
    return driver === this.#containers ? this.#containers.notEnforced() : this.#processes.notEnforced(template, signal);
  }

  async prepare(pod: PodPlace, signal: AbortSignal): Promise<void> {
    const driver = await this.#choose(pod.template, signal);
    this.#pods.set(pod.folder, driver);
    await driver.prepare(pod, signal);
  }

  async start(
    pod: PodPlace,
    container: ContainerPlan,
    logFile: string,
    signal: AbortSignal,
  ): Promise<RunningContainer> {
    const driver = this.#pods.get(pod.folder) ?? this.#processes;
    if (driver === this.#processes) return driver.start(pod, container, logFile, signal);
    try {
      const running = await driver.start(pod, container, logFile, signal);
      this.#engineWorks = true;
      return running;
    } catch (error) {
      const engineFailed = error instanceof BerthError && error.code === 'CONTAINER_ENGINE_FAILED';
      if (!engineFailed || this.#engineWorks || !(await this.#runsAsProcesses(pod.template, signal))) throw error;
      // An engine that answers and can start nothing is none.
      this.#engineBroken = true;
      this.#pods.set(pod.folder, this.#processes);
      await this.#processes.prepare(pod, signal);
      return this.#processes.start(pod, container, logFile, signal);
    }
  }

  async dispose(pod: PodPlace): Promise<void> {
    await (this.#pods.get(pod.folder) ?? this.#processes).dispose(pod);
    this.#pods.delete(pod.folder);
  }

  async sweep(): Promise<readonly string[]> {
    return [...(await this.#processes.sweep()), ...((await this.#containers?.sweep()) ?? [])];
  }

  async #choose(template: PodTemplate, signal: AbortSignal): Promise<Driver> {
    if (!this.#containers || this.#engineBroken) return this.#processes;
    for (const container of containersOf(template)) {
      if ((await this.#containers.refusal(container, signal)) !== undefined) return this.#processes;
    }
    return this.#containers;
  }

  async #runsAsProcesses(template: PodTemplate, signal: AbortSignal): Promise<boolean> {
    for (const container of containersOf(template)) {
      if ((await this.#processes.refusal(container, signal)) !== undefined) return false;
    }
    return true;
  }
}

function containersOf({ initContainers, containers }: PodTemplate): readonly ContainerPlan[] {
  return [...initContainers, ...containers];
}
