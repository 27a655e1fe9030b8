import { z } from 'zod';
import { localClusterConfig } from '../platform/local-cluster-config.ts';
import { defineCommand } from './define-command.ts';
import { loadPlatform } from './load-platform.ts';

const options = z.object({ cluster: z.string().optional().describe('Which local cluster; default: the only one') });

export const downCommand = defineCommand<typeof options, { cluster: string; stopped: readonly string[] }>({
  name: 'down',
  summary: 'Stop the servers that berth runs on this machine',
  description:
    'Stops the local cluster, whoever started it, and what a berth that was killed has left. Nothing else is touched. Run twice it does nothing the second time.',
  examples: [{ command: 'berth down', what: 'stop all servers of this repository' }],
  effect: 'changes-cluster',
  options,

  async run({ cluster: wanted }, context) {
    const platform = await loadPlatform(context, { orDefault: true });
    const cluster = await context.localCluster(platform, localClusterConfig(platform, wanted));
    context.progress('stopping');
    return { cluster: cluster.name, stopped: await cluster.down(context.signal) };
  },

  toText: ({ cluster, stopped }) =>
    stopped.length === 0 ? `${cluster}: nothing was running` : `${cluster}: stopped ${stopped.join(', ')}`,
});
