import { z } from 'zod';
import { localClusterConfig } from '../platform/local-cluster-config.ts';
import { findServer } from '../repository/find-server.ts';
import { defineCommand } from './define-command.ts';
import { loadPlatform } from './load-platform.ts';
import { loadRepository } from './load-repository.ts';
import { mustBuild } from './local/must-build.ts';
import { trustCode } from './local/trust-code.ts';
import type { UpServer } from './local/up-report.ts';
import { type UpEvent, upEventToText } from './local/up-text.ts';
import { watchUp } from './local/watch-up.ts';

const options = z.object({
  servers: z.array(z.string()).default([]).describe('Servers to run; none: all of the cluster'),
  cluster: z
    .string()
    .optional()
    .describe('Whose servers; default: the local cluster, or the one that allows MCP servers'),
  yes: z
    .boolean()
    .default(false)
    .describe('Let the code of this repository run as you, without asking')
    .meta({ alias: 'y' }),
});

export const upCommand = defineCommand<typeof options, { servers: readonly UpServer[] }, UpEvent>({
  name: 'up',
  summary: 'Run the servers of the working tree on this machine, until Ctrl-C',
  description:
    'Runs each pod as its manifest says, and again when a file is saved. Nothing is committed, pushed or written. Every server answers at http://127.0.0.1:<gatewayPort>/<name>/mcp and is proven as soon as it is ready.',
  examples: [
    { command: 'berth up', what: 'all servers of the cluster' },
    { command: 'berth up weather', what: 'one of them' },
  ],
  effect: 'changes-cluster',
  terminalOnly: true,
  positionals: ['servers'],
  options,

  async run({ servers: names, cluster: wanted, yes }, context) {
    const platform = await loadPlatform(context, { orDefault: true });
    const config = localClusterConfig(platform, wanted);
    const repository = await loadRepository(context);
    const servers = names.map((name) => findServer(repository, platform, name).name);
    await mustBuild(context, repository, config.paths);
    await trustCode(context, yes);
    const cluster = await context.localCluster(platform, config);
    context.progress('starting');
    return { servers: await watchUp(context, { platform, cluster, servers }) };
  },

  toText: () => 'Stopped.',
  eventToText: upEventToText,
});
