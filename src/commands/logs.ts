import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { loadPlatform } from './load-platform.ts';
import { findWorkload } from './local/find-workload.ts';
import { whichCluster } from './local/which-cluster.ts';

const options = z.object({
  server: z.string().describe('The server whose logs are shown'),
  follow: z
    .boolean()
    .default(false)
    .describe('Go on with what is written from now on, until Ctrl-C')
    .meta({ alias: 'f' }),
  tail: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(100)
    .describe('How many lines of what was written before')
    .meta({ placeholder: 'N' }),
  cluster: z.string().optional().describe('Where it runs; default: the local cluster'),
});

export const logsCommand = defineCommand<
  typeof options,
  { server: string; lines: readonly string[] },
  { line: string }
>({
  name: 'logs',
  summary: 'Show what a server writes, across its restarts',
  examples: [
    { command: 'berth logs weather', what: 'the last 100 lines of its newest pod' },
    { command: 'berth logs weather -f --tail 0', what: 'what it writes from now on' },
  ],
  effect: 'reads',
  positionals: ['server'],
  options,

  async run({ server, follow, tail, cluster: wanted }, context) {
    const platform = await loadPlatform(context, { orDefault: true });
    const cluster = await whichCluster(context, platform, wanted);
    const workload = await findWorkload(context, platform, cluster, server);
    const lines: string[] = [];
    for await (const line of cluster.logs(workload, { follow, tail, signal: context.signal })) {
      context.emit({ line });
      // What is followed has no end to wait for.
      if (!follow) lines.push(line);
    }
    return { server, lines };
  },

  eventToText: ({ line }) => line,
  toText: () => '',
});
