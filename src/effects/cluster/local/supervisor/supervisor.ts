import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BerthError } from '../../../../errors.ts';
import type { BuiltObject } from '../../../../kustomize/build-kustomization.ts';
import { buildPaths } from '../../../../kustomize/build-paths.ts';
import { gatewayRoutes } from '../../../../local/gateway-routes.ts';
import { type BackOffLimits, kubeletBackOff } from '../../../../local/rollout/back-off.ts';
import type { LocalWorkload, MissingSecret } from '../../../../local/types.ts';
import type { ObservedWorkload, WorkloadRef } from '../../cluster.ts';
import type { Driver } from '../driver.ts';
import { Gateway } from '../gateway/gateway.ts';
import type { LocalServer, LocalSource, LocalState } from '../local-cluster.ts';
import { boundLogs } from '../pods/bound-logs.ts';
import { type DesiredWorkload, WorkloadSet } from '../pods/workload-set.ts';
import type { ObjectSource, Snapshot } from '../sources/object-source.ts';
import { whyNotReady } from './why-not-ready.ts';

export interface SupervisorSettings {
  stateFolder: string;
  gatewayPort: number;
  /** What the cluster syncs, from the root of the repository. */
  paths: readonly string[];
  /** What clients of the cluster that this one stands for call its nodes. */
  nodeAddress?: string;
  source: LocalSource;
}

export interface Workloads {
  workloads: readonly LocalWorkload[];
  /** Keys of secrets that nobody has given. */
  missing: readonly MissingSecret[];
  /** Why single workloads cannot be what their manifests say. */
  problems: readonly { namespace: string; workload: string; message: string }[];
}

export interface SupervisorParts {
  driver: Driver;
  objects: ObjectSource;
  /** What pods become here of the objects. */
  workloadsOf: (objects: readonly BuiltObject[]) => Promise<Workloads>;
  limits?: BackOffLimits;
}

/** Runs a local cluster: looks at its source, brings its pods to what that says, and serves them. */
export class Supervisor {
  readonly #settings: SupervisorSettings;
  readonly #parts: SupervisorParts;
  readonly #set: WorkloadSet;
  readonly #gateway: Gateway;
  readonly #stopping = new AbortController();
  readonly #waiting = new Set<() => void>();
  readonly #refusals = new Map<string, string>();
  readonly #notEnforced = new Map<string, readonly string[]>();
  #stopBounding: (() => void) | undefined;
  #watch: ReturnType<ObjectSource['watch']> | undefined;
  #snapshot: Omit<Snapshot, 'files'> = { uncommitted: [] };
  #workloads: readonly LocalWorkload[] = [];
  #missing: readonly MissingSecret[] = [];
  #problems: Workloads['problems'] = [];
  #folders: readonly string[];
  /** Why what the source says could not be applied, or not all of it. */
  #error: string | undefined;
  /** Why nobody knows what the source says now. */
  #sourceError: string | undefined;
  #version = 1;
  #refreshing: Promise<void> | undefined;
  #again = false;

  constructor(settings: SupervisorSettings, parts: SupervisorParts) {
    this.#settings = settings;
    this.#parts = parts;
    this.#folders = foldersOf(settings.paths, []);
    this.#set = new WorkloadSet({
      driver: parts.driver,
      stateFolder: settings.stateFolder,
      limits: parts.limits ?? kubeletBackOff,
      changed: () => this.#changed(),
    });
    this.#gateway = new Gateway({
      port: settings.gatewayPort,
      backends: ({ workload }) => this.#set.readyPods(workload),
      whyNone: async ({ workload, server }) => whyNotReady(server, await this.#set.observe(workload)),
    });
  }

  /** Opens the gateway, and begins. Errors: PORT_TAKEN. */
  async start(): Promise<void> {
    await this.#parts.driver.sweep();
    // Of one that was killed.
    const pods = join(this.#settings.stateFolder, 'pods');
    await rm(pods, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    await this.#gateway.open();
    this.#stopBounding = boundLogs(this.#settings.stateFolder);
    this.#watch = this.#parts.objects.watch(
      () => void this.refresh(),
      () => this.#folders,
    );
    void this.refresh();
  }

  /** Looks at the source now; a look that is asked for while one goes on comes after it. */
  async refresh(): Promise<void> {
    this.#again = true;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
  }

  restart(ref: WorkloadRef): boolean {
    return this.#set.restart(ref);
  }

  /** The state, at once or as soon as it is newer than `after`; at the latest after some seconds. */
  async state(after: number): Promise<LocalState> {
    if (this.#version <= after) await this.#nextChange();
    const version = this.#version;
    const observed = await this.#set.observeAll();
    const { source } = this.#settings;
    const error = this.#sourceError ?? this.#error;
    return {
      version,
      pid: process.pid,
      source,
      ...this.#snapshot,
      ...(error === undefined ? {} : { error }),
      servers: observed.map((workload) => this.#server(workload)),
      missing: this.#missing,
    };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#watch?.close();
    this.#stopBounding?.();
    await this.#refreshing;
    await this.#set.close();
    await this.#gateway.close();
  }

  async #refresh(): Promise<void> {
    while (this.#again && !this.#stopping.signal.aborted) {
      this.#again = false;
      try {
        const snapshot = await this.#parts.objects.read(this.#stopping.signal);
        this.#sourceError = undefined;
        if (snapshot) await this.#take(snapshot);
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        this.#sourceError = wordsOf(error);
      }
      this.#watch?.refreshed();
      this.#changed();
    }
  }

  /** What was applied before stays where this fails. */
  async #take({ files, revision, uncommitted }: Snapshot): Promise<void> {
    try {
      const problems = await this.#apply(files);
      this.#snapshot = { ...(revision === undefined ? {} : { revision }), uncommitted };
      this.#error = problems.length > 0 ? problems.join('; ') : undefined;
    } catch (error) {
      this.#error = wordsOf(error);
    }
  }

  async #apply(files: ReadonlyMap<string, string>): Promise<string[]> {
    const { paths, source, nodeAddress } = this.#settings;
    const objects = buildPaths(files, paths);
    const { workloads, missing, problems } = await this.#parts.workloadsOf(objects);
    const wanted = source.kind === 'working tree' ? source.servers : [];
    this.#workloads = workloads.filter(({ server }) => wanted.length === 0 || wanted.includes(server));
    this.#missing = missing.filter(({ workload }) => this.#workloads.some(({ name }) => name === workload));
    this.#folders = foldersOf(
      paths,
      objects.map(({ file }) => file),
    );
    this.#problems = problems;
    this.#set.apply(await Promise.all(this.#workloads.map(async (workload) => this.#desired(workload))));
    return this.#gateway.setRoutes(gatewayRoutes(this.#workloads, nodeAddress));
  }

  async #desired(workload: LocalWorkload): Promise<DesiredWorkload> {
    const { namespace, name, template } = workload;
    const here = (await this.#parts.driver.notEnforced?.(template, this.#stopping.signal)) ?? [];
    this.#notEnforced.set(`${namespace}/${name}`, [...template.notEnforced, ...here]);
    // In Kubernetes a changed ConfigMap restarts nothing; whoever saves a file here wants to see what it does.
    const revision = this.#settings.source.kind === 'git' ? template.hash : template.contentHash;
    const blocked = await this.#blocked(workload);
    return blocked ? { workload, revision, blocked } : { workload, revision };
  }

  /** Why its pods cannot begin; what the manifest has wrong before what only this machine cannot do. */
  async #blocked({ namespace, name, template }: LocalWorkload): Promise<DesiredWorkload['blocked']> {
    const reason = 'CreateContainerConfigError';
    this.#refusals.delete(`${namespace}/${name}`);
    const missing = this.#missing.find((each) => each.workload === name);
    if (missing) return { container: '', reason, message: missingWords(namespace, missing) };
    const problem = this.#problems.find((each) => each.namespace === namespace && each.workload === name);
    if (problem) return { container: '', reason, message: problem.message };
    for (const container of [...template.initContainers, ...template.containers]) {
      const message = await this.#parts.driver.refusal(container, this.#stopping.signal);
      if (message === undefined) continue;
      this.#refusals.set(`${namespace}/${name}`, message);
      return { container: container.name, reason, message };
    }
    return undefined;
  }

  #server(observed: ObservedWorkload): LocalServer {
    const { namespace, name } = observed.ref;
    const workload = this.#workloads.find((each) => each.namespace === namespace && each.name === name);
    const server = workload?.server ?? name.replace(/-mcp$/, '');
    const refusal = this.#refusals.get(`${namespace}/${name}`);
    return {
      name: server,
      url: `http://127.0.0.1:${this.#settings.gatewayPort}/${server}${workload?.path ?? '/mcp'}`,
      workload: observed,
      ...(refusal === undefined ? {} : { refusal }),
      notEnforced: this.#notEnforced.get(`${namespace}/${name}`) ?? [],
    };
  }

  #changed(): void {
    this.#version += 1;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  async #nextChange(): Promise<void> {
    const changed = new Promise<void>((resolve) => {
      this.#waiting.add(resolve);
    });
    await Promise.race([
      changed,
      sleep(20_000, undefined, { ref: false, signal: this.#stopping.signal }).catch(() => undefined),
    ]);
  }
}

/** As the kubelet puts it; of a Secret that is taken in whole, only its name is known. */
function missingWords(namespace: string, { secret, key }: MissingSecret): string {
  return key === '*' ? `secret "${secret}" not found` : `couldn't find key ${key} in Secret ${namespace}/${secret}`;
}

/** Folders whose files decide what the cluster runs. */
function foldersOf(paths: readonly string[], files: readonly string[]): string[] {
  const folders = files.map((file) => file.slice(0, Math.max(0, file.lastIndexOf('/'))));
  return [...new Set([...paths, ...folders, '.berth'])];
}

function wordsOf(error: unknown): string {
  if (!(error instanceof BerthError)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [error.message, error.at && `at ${error.at}`, error.hint].filter(Boolean).join('. ');
}
