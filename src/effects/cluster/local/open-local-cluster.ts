import { BerthError } from '../../../errors.ts';
import { serviceOfHost } from '../../../local/gateway-routes.ts';
import type { LocalClusterConfig, Platform } from '../../../platform/types.ts';
import type { Git } from '../../git.ts';
import type { WorkloadRef } from '../cluster.ts';
import { followLogs } from './follow-logs.ts';
import type { LocalCluster, LocalSource, LocalState } from './local-cluster.ts';
import { pause } from './pods/pause.ts';
import { logsOf } from './pods/pod-runner.ts';
import { readLocalSecrets } from './secrets/local-secrets.ts';
import { controlClient } from './supervisor/control-client.ts';
import { type RunSettings, startSupervisor } from './supervisor/start-supervisor.ts';
import { stateFolderOf } from './supervisor/state-folder.ts';
import { stopSupervisor } from './supervisor/stop-supervisor.ts';
import { type Holder, holderOf } from './supervisor/supervisor-lock.ts';

export interface LocalClusterSettings {
  root: string;
  platform: Platform;
  config: LocalClusterConfig;
  git: Git;
  /** The supervisor's; the bundled one where nothing is said. */
  program?: string;
}

/** A local cluster as berth's commands see it: a supervisor that is spoken to, and started where it does not run. */
export function openLocalCluster({ root, platform, config, git, program }: LocalClusterSettings): LocalCluster {
  const { name, gatewayPort, paths } = config;
  if (process.platform === 'win32') {
    throw new BerthError('MACHINE_UNSUPPORTED', 'Servers run on Linux and macOS, not on Windows itself', {
      hint: 'Use WSL: the same command works there.',
    });
  }
  const stateFolder = stateFolderOf(root, name);
  const holder = async (): Promise<Holder | undefined> => holderOf(stateFolder);
  const state = async (signal: AbortSignal): Promise<LocalState | undefined> => {
    const running = await holder();
    return running && controlClient(running.socket).state(signal);
  };
  const order = (source: LocalSource, attached: boolean): RunSettings => {
    const nodeAddress = nodeAddressOf(platform, config);
    const { directory, namespace } = platform.servers;
    const servers = { directory, namespace };
    const where = { root, cluster: name, stateFolder, gatewayPort, paths, servers, source, attached };
    return nodeAddress === undefined ? where : { ...where, nodeAddress };
  };
  const find = async ({ namespace, name: wanted }: WorkloadRef, signal: AbortSignal) =>
    (await state(signal))?.servers.find(({ workload: { ref } }) => ref.namespace === namespace && ref.name === wanted)
      ?.workload;

  return {
    name,
    kind: 'local',
    gatewayPort,
    describe: () => `${name} (this machine, http://127.0.0.1:${gatewayPort})`,
    state,
    async up({ servers, changed, signal }) {
      const child = await startSupervisor(order({ kind: 'working tree', servers }, true), program);
      const running = await holder();
      const ended = new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
      });
      // Its input ends: it stops what it runs, gracefully, and goes.
      const stop = (): void => void child.stdin?.end();
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      const watching = running ? watchState(running.socket, { changed, signal, ended }) : undefined;
      await ended;
      signal.removeEventListener('abort', stop);
      await watching;
    },
    down: async (signal) => stopSupervisor({ root, cluster: name, stateFolder }, signal, program),
    async refresh(signal) {
      const running = await holder();
      if (running?.source.kind === 'working tree') {
        throw new BerthError(
          'CLUSTER_BUSY',
          `${name} runs the working tree just now ("berth up", process ${running.pid})`,
          {
            hint: 'End that first: what is deployed comes from Git.',
          },
        );
      }
      const target = await git.target(platform.git);
      const source = running?.source;
      const follows = source?.kind === 'git' && source.remote === target.remote && source.branch === target.branch;
      if (running && follows) return controlClient(running.socket).refresh(signal);
      if (running) await stopSupervisor({ root, cluster: name, stateFolder }, signal, program);
      await startSupervisor(order({ kind: 'git', ...target }, false), program);
    },
    async synced(signal) {
      const seen = await state(signal);
      if (!seen) return { error: `${name} does not run` };
      const { revision, error } = seen;
      return { ...(revision === undefined ? {} : { revision }), ...(error === undefined ? {} : { error }) };
    },
    observe: find,
    observeAll: async (signal) => (await state(signal))?.servers.map(({ workload }) => workload) ?? [],
    async route(url) {
      const { host } = new URL(url);
      if (serviceOfHost(host) === undefined) return undefined;
      return { host: '127.0.0.1', port: gatewayPort, close: async () => undefined };
    },
    outsideUrl: ({ server, path }) => `http://127.0.0.1:${gatewayPort}/${server}${path}`,
    logs: (workload, options) => followLogs(logsOf(stateFolder, workload), options),
    async restart(workload, signal) {
      const running = await holder();
      if (running && (await controlClient(running.socket).restart(workload, signal))) return;
      throw new BerthError('SERVER_UNKNOWN', `${workload.name} does not run on ${name}`, {
        hint: running ? 'Run "berth status" for those that do.' : 'Start it first: berth up',
      });
    },
    secretValue: async (_, secret, key) => (await readLocalSecrets(root, process.env)).value(secret, key),
  };
}

/** Of the cluster that a local one stands for, where `berth.yaml` has none of its kind. */
function nodeAddressOf({ clusters }: Platform, { name }: LocalClusterConfig): string | undefined {
  if (clusters.has(name)) return undefined;
  const allowed = [...clusters.values()].filter(({ mcpServers }) => mcpServers === 'allowed');
  const [only] = allowed.length === 1 ? allowed : [];
  return only?.kind === 'kubernetes' ? only.nodeAddress : undefined;
}

async function watchState(
  socket: string,
  { changed, signal, ended }: { changed: (state: LocalState) => void; signal: AbortSignal; ended: Promise<void> },
): Promise<void> {
  const gone = new AbortController();
  void ended.then(() => gone.abort());
  const either = AbortSignal.any([signal, gone.signal]);
  let version = 0;
  while (!either.aborted) {
    try {
      const state = await controlClient(socket).state(either, version);
      ({ version } = state);
      changed(state);
      // Changes come in bursts.
      await pause(50, either);
    } catch (error) {
      if (!(error instanceof BerthError)) return;
      await pause(200, either);
    }
  }
}
