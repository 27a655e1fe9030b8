import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { type Connected, connectServers } from './deploy/connect-servers.ts';

const options = z.object({
  names: z.array(z.string()).default([]).describe('Servers; none: all that berth.lock knows'),
});

export const connectCommand = defineCommand<typeof options, { version: 1; servers: readonly Connected[] }>({
  name: 'connect',
  summary: 'Write the client entries of proven servers into the working tree',
  description:
    'For a client file that was lost, or that berth.yaml names since. Only servers that berth.lock calls proven are connected, and nothing is committed: berth deploy commits the entries of what it proves.',
  examples: [
    { command: 'berth connect', what: 'every server that was proven' },
    { command: 'berth connect weather', what: 'one of them' },
  ],
  effect: 'writes-files',
  positionals: ['names'],
  options,

  run: async ({ names }, context) => ({ version: 1, servers: await connectServers(context, names) }),

  toText({ servers }, style) {
    if (servers.length === 0) return 'Nothing is proven yet: berth deploy <name>';
    const width = Math.max(...servers.map(({ name }) => name.length));
    return servers
      .flatMap(({ name, entries, reason }) => {
        const label = `${reason === undefined ? style.green('✓') : style.yellow('!')} ${name.padEnd(width)}`;
        if (reason !== undefined) return [`${label}  ${reason}`];
        return entries.map(
          ({ file, url, written }) => `${label}  ${file}  ${url}${written ? '' : style.dim('  already there')}`,
        );
      })
      .join('\n');
  },
  failed: ({ servers }) => servers.some(({ asked, reason }) => asked && reason !== undefined),
});
