import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { forPod } from '../../../../local/for-pod.ts';
import { imageRuntime } from '../../../../local/process/image-runtime.ts';
import type { ContainerPlan, PodTemplate } from '../../../../local/types.ts';
import { findUv } from '../../../python/find-uv.ts';
import { clusterMark } from '../cluster-mark.ts';
import type { Driver, PodPlace, RunningContainer } from '../driver.ts';
import { makeSubPaths, writeVolumes } from '../pod-volumes.ts';
import { removeFolder } from '../remove-folder.ts';
import { secretsOf } from '../secrets-of.ts';
import { openLog } from '../write-log.ts';
import { type ContainerPrograms, containerPrograms } from './container-programs.ts';
import { endMarked } from './end-processes.ts';
import { canUseNamespaces } from './find-namespaces.ts';
import { findPython } from './find-python.ts';
import { homeFolder, type LaunchSurroundings, launchPlan, rootFolder, temporaryFolder } from './launch-plan.ts';
import { pickPorts } from './pod-ports.ts';
import { runBeside } from './run-beside.ts';
import { startProcess } from './start-process.ts';
import { StartedBook } from './started-book.ts';
import { writeShims } from './write-shims.ts';

export interface ProcessDriverOptions {
  /** Of the local cluster: `.berth/state/<cluster>`. */
  stateFolder: string;
  /** Undefined: used where this machine allows them. */
  namespaces?: boolean;
}

/** Runs containers as processes of this machine, each with its own root, its own ports and its own environment. */
export class ProcessDriver implements Driver {
  readonly kind = 'process';
  readonly #stateFolder: string;
  readonly #started: StartedBook;
  /** Of all processes of this cluster. */
  readonly #clusterMark: string;
  readonly #ports = new Map<string, ReadonlyMap<number, number>>();
  readonly #programs = new Map<string, Promise<ContainerPrograms>>();
  #namespaces: Promise<boolean> | undefined;
  #shimsWritten: Promise<void> | undefined;
  #count = 0;

  constructor({ stateFolder, namespaces }: ProcessDriverOptions) {
    this.#stateFolder = stateFolder;
    this.#started = new StartedBook(join(stateFolder, 'processes'));
    this.#clusterMark = clusterMark(stateFolder);
    if (namespaces !== undefined) this.#namespaces = Promise.resolve(namespaces);
  }

  async refusal(container: ContainerPlan, signal: AbortSignal): Promise<string | undefined> {
    const { image } = container;
    const kind = container.package?.registry ?? imageRuntime(image)?.kind;
    switch (kind) {
      case 'npm':
      case 'node':
      case 'shell':
        return undefined;
      case 'uv':
      case 'pypi':
        if ((await findUv()) !== undefined) return undefined;
        return `${kind === 'uv' ? image : 'a Python package'} needs uv: install it (https://docs.astral.sh/uv/), or podman or Docker`;
      case 'python':
        if (await findPython(undefined, signal)) return undefined;
        return `${image} needs Python: install uv (https://docs.astral.sh/uv/) or Python, or podman or Docker`;
      case undefined:
        return `${image} cannot be run as a process: nobody says which package it is. Add the annotation mcp-berth.dev/package (npm:NAME@VERSION or pypi:NAME==VERSION), or install podman or Docker`;
    }
  }

  async notEnforced(
    { initContainers, containers, volumes }: PodTemplate,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const words = ['the user and capabilities of containers', 'CPU limits', 'network policies'];
    if ([...volumes.values()].some((volume) => volume.kind === 'empty' && volume.sizeLimitBytes !== undefined))
      words.push('size limits of volumes');
    if (!(await this.#canUseNamespaces(signal)))
      words.push('read-only roots and mounts', 'paths that are written in the code itself');
    for (const { image, package: published } of [...initContainers, ...containers]) {
      const runtime = published ? undefined : imageRuntime(image);
      if (runtime?.kind === 'node' && runtime.major !== undefined && !process.version.startsWith(`v${runtime.major}.`))
        words.push(`the Node of ${image}: it is ${process.version.slice(1)} here`);
      if (runtime?.kind !== 'python' || runtime.minor === undefined) continue;
      const python = await findPython(runtime.minor, signal);
      if (python && python.minor !== runtime.minor) words.push(`the Python of ${image}: it is ${python.minor} here`);
    }
    return [...new Set(words)];
  }

  async prepare(pod: PodPlace, signal: AbortSignal): Promise<void> {
    this.#shimsWritten ??= writeShims(this.#shims);
    await this.#shimsWritten;
    await writeVolumes(pod, { for: 'us' });
    this.#ports.set(pod.folder, await pickPorts(pod.template));
    for (const plan of [...pod.template.initContainers, ...pod.template.containers]) {
      signal.throwIfAborted();
      for (const folder of [temporaryFolder(pod, plan), homeFolder(pod, plan), rootFolder(pod, plan)])
        await mkdir(folder, { recursive: true });
      await makeSubPaths(pod, forPod(plan, pod));
    }
  }

  async start(
    pod: PodPlace,
    container: ContainerPlan,
    logFile: string,
    signal: AbortSignal,
  ): Promise<RunningContainer> {
    const plan = forPod(container, pod);
    const programs = await this.#programsOf(pod, plan, signal);
    const ports = await pickPorts(pod.template, this.#ports.get(pod.folder));
    this.#ports.set(pod.folder, ports);
    const name = `${pod.name}/${plan.name}`;
    this.#count += 1;
    const marks = {
      BERTH_CLUSTER: this.#clusterMark,
      BERTH_CONTAINER: `${this.#clusterMark}/${name}/${process.pid}-${this.#count}`,
    };
    const around: LaunchSurroundings = {
      namespaces: await this.#canUseNamespaces(signal),
      shims: this.#shims,
      ports,
      marks,
    };
    signal.throwIfAborted();
    const log = openLog(logFile, secretsOf(pod, plan));
    if (programs.note !== undefined) log.say(programs.note);
    const started = await startProcess(launchPlan(pod, plan, programs, programs.command, around), {
      log,
      memoryBytes: plan.memoryBytes,
      mark: `BERTH_CONTAINER=${marks.BERTH_CONTAINER}`,
    });
    await this.#started.add(started.pid, name);
    const exited = started.exited.finally(() => this.#started.remove(started.pid));
    return {
      ports,
      pid: started.pid,
      exited,
      stop: (graceSeconds) => started.stop(graceSeconds),
      exec: (command, aborted) => runBeside(launchPlan(pod, plan, programs, command, around), aborted),
    };
  }

  async dispose(pod: PodPlace): Promise<void> {
    this.#ports.delete(pod.folder);
    for (const key of this.#programs.keys()) if (key.startsWith(`${pod.folder}\n`)) this.#programs.delete(key);
    await removeFolder(pod.folder);
  }

  async sweep(): Promise<readonly string[]> {
    const named = await this.#started.endAll();
    const others = await endMarked(`BERTH_CLUSTER=${this.#clusterMark}`);
    return [...named, ...others.map((pid) => `process ${pid}`)];
  }

  get #shims(): string {
    return join(this.#stateFolder, 'shims');
  }

  async #canUseNamespaces(signal: AbortSignal): Promise<boolean> {
    this.#namespaces ??= canUseNamespaces(signal);
    return this.#namespaces;
  }

  /** Found once for a container, however often it restarts; what failed is tried again. */
  async #programsOf(pod: PodPlace, plan: ContainerPlan, signal: AbortSignal): Promise<ContainerPrograms> {
    const packages = join(this.#stateFolder, 'packages');
    const key = plan.package ? JSON.stringify(plan.package) : `${pod.folder}\n${plan.name}`;
    const known = this.#programs.get(key);
    if (known && !plan.package) return known;
    // Two pods of one package must not install it at the same time.
    await known?.catch(() => undefined);
    const found = containerPrograms(pod, plan, packages, signal);
    this.#programs.set(key, found);
    found.catch(() => this.#programs.delete(key));
    return found;
  }
}
