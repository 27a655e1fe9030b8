import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { loadPlatform } from './load-platform.ts';
import { findWorkload } from './local/find-workload.ts';
import { whichCluster } from './local/which-cluster.ts';

const options = z.object({
  server: z.string().describe('The server to restart'),
  cluster: z.string().optional().describe('Where it runs; default: the local cluster'),
  yes: z.boolean().default(false).describe('Restart on a cluster of others without asking').meta({ alias: 'y' }),
});

export const restartCommand = defineCommand<typeof options, { server: string; cluster: string; restarted: boolean }>({
  name: 'restart',
  summary: 'Replace the pods of a server, as a rollout does',
  examples: [{ command: 'berth restart weather', what: 'new pods; the old ones serve until those are ready' }],
  effect: 'changes-cluster',
  positionals: ['server'],
  options,

  async run({ server, cluster: wanted, yes }, context) {
    const platform = await loadPlatform(context, { orDefault: true });
    const cluster = await whichCluster(context, platform, wanted);
    const workload = await findWorkload(context, platform, cluster, server);
    const text = `Restart ${workload.name} on ${cluster.describe()}?`;
    const sure =
      yes ||
      cluster.kind === 'local' ||
      (await context.ask({ text, default: true, flag: '--yes', required: true })) === true;
    if (sure) await cluster.restart(workload, context.signal);
    return { server, cluster: cluster.name, restarted: sure };
  },

  toText: ({ server, cluster, restarted }) =>
    restarted ? `${server} is restarting on ${cluster}. Watch it: berth status` : 'Nothing was done.',
});
