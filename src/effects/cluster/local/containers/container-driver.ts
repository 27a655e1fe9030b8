import { randomBytes } from 'node:crypto';
import { BerthError } from '../../../../errors.ts';
import { forPod } from '../../../../local/for-pod.ts';
import type { ContainerPlan } from '../../../../local/types.ts';
import { clusterMark } from '../cluster-mark.ts';
import type { ContainerExit, Driver, PodPlace, RunningContainer } from '../driver.ts';
import { makeSubPaths, mountSource, writeVolumes } from '../pod-volumes.ts';
import { removeFolder } from '../remove-folder.ts';
import { secretsOf } from '../secrets-of.ts';
import { openLog } from '../write-log.ts';
import type { ContainerEngine, ContainerSpec } from './container-engine.ts';

const clusterLabel = 'mcp-berth.dev/cluster';
const podLabel = 'mcp-berth.dev/pod';
/** Its value is the name that `sweep` gives back. */
const nameLabel = 'mcp-berth.dev/container';

const askAgainMilliseconds = 5 * 60_000;

export interface ContainerDriverOptions {
  engine: ContainerEngine;
  /** Of the local cluster: `.berth/state/<cluster>`. */
  stateFolder: string;
}

/** Runs containers of pods with podman or Docker, published on 127.0.0.1 only. */
export class ContainerDriver implements Driver {
  readonly kind = 'container';
  readonly #engine: ContainerEngine;
  readonly #mark: string;
  /** Image → undefined where it is here, else why it is not. */
  readonly #images = new Map<string, { asked: Promise<string | undefined>; until: number }>();
  /** Pod's folder → the container whose network the pod's others share. */
  readonly #networks = new Map<string, Promise<string>>();

  constructor({ engine, stateFolder }: ContainerDriverOptions) {
    this.#engine = engine;
    this.#mark = clusterMark(stateFolder);
  }

  /** Pulls an image that is not here yet. */
  async refusal({ image }: ContainerPlan, signal: AbortSignal): Promise<string | undefined> {
    const known = this.#images.get(image);
    if (known && performance.now() < known.until) return known.asked;
    const asked = this.#fetch(image, signal);
    this.#images.set(image, { asked, until: Infinity });
    try {
      const problem = await asked;
      // A network that was away may be back.
      if (problem !== undefined) this.#images.set(image, { asked, until: performance.now() + askAgainMilliseconds });
      return problem;
    } catch (error) {
      this.#images.delete(image);
      throw error;
    }
  }

  async notEnforced(): Promise<readonly string[]> {
    return ['network policies', 'CPU limits', 'size limits of volumes'];
  }

  async prepare(pod: PodPlace): Promise<void> {
    await writeVolumes(pod, { for: 'any user' });
    for (const plan of [...pod.template.initContainers, ...pod.template.containers]) {
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
    const refusal = await this.refusal(plan, signal);
    if (refusal !== undefined) throw new BerthError('IMAGE_UNAVAILABLE', refusal);
    const first = pod.template.containers[0]?.name === plan.name;
    const id = first ? await this.#startFirst(pod, plan, signal) : await this.#startBeside(pod, plan, signal);
    const log = openLog(logFile, secretsOf(pod, plan));
    const told = this.#copyLog(id, (line) => log.line(line));
    const exited = this.#exit(id).finally(async () => {
      await told;
      await log.close();
      await this.#engine.remove(id);
    });
    // Whoever started it may ask later than it ends.
    exited.catch(() => undefined);
    return {
      ports: first ? await this.#portsOf(id, signal) : new Map(),
      exited,
      stop: async (graceSeconds) => {
        await this.#engine.stop(id, Math.ceil(graceSeconds));
        await exited;
      },
      exec: (command, aborted) => this.#engine.exec(id, command, aborted),
    };
  }

  async dispose(pod: PodPlace): Promise<void> {
    this.#networks.delete(pod.folder);
    const all = await this.#engine.list({ key: podLabel, value: this.#podValue(pod) }, AbortSignal.timeout(30_000));
    for (const { id } of all) await this.#engine.remove(id);
    await removeFolder(pod.folder);
  }

  async sweep(): Promise<readonly string[]> {
    const left = await this.#engine.list({ key: clusterLabel, value: this.#mark }, AbortSignal.timeout(60_000));
    for (const { id } of left) await this.#engine.remove(id);
    return left.filter(({ status }) => status === 'running').map(({ labels, name }) => labels[nameLabel] ?? name);
  }

  async #fetch(image: string, signal: AbortSignal): Promise<string | undefined> {
    if (await this.#engine.image(image, signal)) return undefined;
    try {
      await this.#engine.pull(image, signal);
      return undefined;
    } catch (error) {
      if (error instanceof BerthError && error.code === 'IMAGE_UNAVAILABLE') return error.message;
      throw error;
    }
  }

  /** The pod's first container has its network: it publishes the ports of all. */
  async #startFirst(pod: PodPlace, plan: ContainerPlan, signal: AbortSignal): Promise<string> {
    const ports = new Set(pod.template.containers.flatMap((container) => container.ports));
    const publish = [...ports].map((containerPort) => ({ containerPort }));
    const started = this.#engine.start(this.#spec(pod, plan, { publish, hostname: pod.name }), signal);
    this.#networks.set(pod.folder, started);
    try {
      return await started;
    } catch (error) {
      this.#networks.delete(pod.folder);
      throw error;
    }
  }

  /** An init container runs before there is a network to share. */
  async #startBeside(pod: PodPlace, plan: ContainerPlan, signal: AbortSignal): Promise<string> {
    const init = pod.template.initContainers.some(({ name }) => name === plan.name);
    if (init) return this.#engine.start(this.#spec(pod, plan, { publish: [], hostname: pod.name }), signal);
    const network = await this.#networks.get(pod.folder);
    if (network === undefined) {
      throw new BerthError('CONTAINER_ENGINE_FAILED', `${pod.name}: the first container of the pod does not run yet`);
    }
    return this.#engine.start(this.#spec(pod, plan, { publish: [], networkOf: network }), signal);
  }

  #spec(
    pod: PodPlace,
    plan: ContainerPlan,
    network: Pick<ContainerSpec, 'publish' | 'hostname' | 'networkOf'>,
  ): ContainerSpec {
    const name = `${pod.name}/${plan.name}`;
    return {
      // A name that was used before may not be free yet.
      name: `berth-${this.#mark.slice(0, 6)}-${pod.name}-${plan.name}-${randomBytes(3).toString('hex')}`,
      image: plan.image,
      labels: { [clusterLabel]: this.#mark, [podLabel]: this.#podValue(pod), [nameLabel]: name },
      env: plan.env,
      mounts: plan.mounts.map((mount) => ({
        source: mountSource(pod, mount),
        target: mount.mountPath,
        readOnly: mount.readOnly || pod.template.volumes.get(mount.volume)?.kind === 'files',
      })),
      readOnlyRoot: plan.readOnlyRoot,
      ...network,
      ...(plan.command ? { command: plan.command } : {}),
      ...(plan.args ? { args: plan.args } : {}),
      ...(plan.workingDir === undefined ? {} : { workingDir: plan.workingDir }),
      ...(plan.user === undefined ? {} : { user: plan.user }),
      ...(plan.memoryBytes === undefined ? {} : { memoryBytes: plan.memoryBytes }),
    };
  }

  #podValue(pod: PodPlace): string {
    return `${this.#mark}.${pod.namespace}.${pod.name}`;
  }

  async #portsOf(id: string, signal: AbortSignal): Promise<ReadonlyMap<number, number>> {
    const [state] = await this.#engine.inspect([id], signal);
    return state?.ports ?? new Map();
  }

  async #exit(id: string): Promise<ContainerExit> {
    const { signal } = new AbortController();
    const exitCode = await this.#engine.wait(id, signal);
    const [state] = await this.#engine.inspect([id], signal);
    return { exitCode, outOfMemory: state?.outOfMemory ?? false };
  }

  async #copyLog(id: string, line: (text: string) => void): Promise<void> {
    const { signal } = new AbortController();
    for await (const text of this.#engine.logs(id, { follow: true, signal })) line(text);
  }
}
