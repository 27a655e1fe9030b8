import { z } from 'zod';
import type { ObservedWorkload } from '../effects/cluster/cluster.ts';
import { defineCommand } from './define-command.ts';
import { loadPlatform } from './load-platform.ts';
import type { ClusterStatus, ServerStatus } from './local/cluster-status.ts';
import { statusToText } from './local/status-text.ts';
import { whatIsWrong } from './local/what-is-wrong.ts';
import { isLocal, whichCluster } from './local/which-cluster.ts';

const options = z.object({ cluster: z.string().optional().describe('Which cluster; default: the local one') });

export const statusCommand = defineCommand<typeof options, ClusterStatus>({
  name: 'status',
  summary: 'Say what runs, from which revision, and what keeps the rest from running',
  examples: [
    { command: 'berth status', what: 'the local cluster' },
    { command: 'berth status --cluster agentic --format json', what: 'another one, for a program' },
  ],
  effect: 'reads',
  options,

  async run({ cluster: wanted }, context) {
    const platform = await loadPlatform(context, { orDefault: true });
    const cluster = await whichCluster(context, platform, wanted);
    const base = { version: 1, cluster: cluster.name, kind: cluster.kind } as const;
    if (!isLocal(cluster)) {
      const { revision, error } = await cluster.synced(context.signal);
      const servers = (await cluster.observeAll(context.signal)).map((workload) => statusOf(workload));
      return { ...base, running: true, ...defined({ revision, error }), servers, missing: [] };
    }
    const state = await cluster.state(context.signal);
    if (!state) return { ...base, running: false, servers: [], missing: [] };
    const { source, revision, uncommitted, error, missing } = state;
    const servers = state.servers.map(({ name, url, workload }) => ({ ...statusOf(workload), name, url }));
    return { ...base, running: true, source, ...defined({ revision, error }), uncommitted, servers, missing };
  },

  toText: statusToText,
  failed: ({ servers }) => servers.some(({ complete }) => !complete),
});

function statusOf(workload: ObservedWorkload): ServerStatus {
  const { ref, replicas, available, complete, image, pods, stalled } = workload;
  const reason = whatIsWrong(workload) ?? stalled;
  return {
    name: ref.name.replace(/(?<=.)-mcp$/, ''),
    namespace: ref.namespace,
    replicas,
    available,
    complete,
    restarts: pods.flatMap(({ containers }) => containers).reduce((sum, { restarts }) => sum + restarts, 0),
    image,
    ...defined({ reason }),
    events: pods.at(-1)?.events.slice(0, 10) ?? [],
  };
}

function defined<T extends Record<string, string | undefined>>(fields: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}
