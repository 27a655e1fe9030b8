import { z } from 'zod';
import { contentCheck } from '../proof/content-check.ts';
import type { Proof } from '../proof/types.ts';
import { defineCommand } from './define-command.ts';
import { proofsToText } from './verify/proofs-to-text.ts';
import { readHeaders } from './verify/read-headers.ts';
import { verifyServers } from './verify/verify-servers.ts';

const options = z.object({
  servers: z
    .array(z.string())
    .default([])
    .describe('Servers of the platform, or URLs; none: every server of the platform'),
  header: z
    .array(z.string())
    .default([])
    .describe('Sent with each request; ${VARIABLE} is taken from the environment')
    .meta({ placeholder: 'NAME:VALUE' }),
  tool: z.string().optional().describe('The tool to call, in place of the canary').meta({ placeholder: 'NAME' }),
  args: z.record(z.string(), z.unknown()).optional().describe('Its arguments'),
  mustMatch: z.string().optional().describe('What the answer has to match (syntax of RE2)').meta({ placeholder: 'RE' }),
  mustNotMatch: z.string().optional().describe('What it must not match').meta({ placeholder: 'RE' }),
  cluster: z.string().optional().describe('Where the servers run; default: where berth.lock has them'),
  timeout: z.number().min(1).max(600).default(30).describe('Seconds for each server').meta({ placeholder: 'S' }),
});

export const verifyCommand = defineCommand<typeof options, { version: 1; servers: readonly Proof[] }>({
  name: 'verify',
  summary: 'Prove servers by a real tool call, or name what is wrong with them',
  description:
    'Negotiates as a client would, lists the tools and calls the canary, whose content has to match. At a bare URL nothing is called unless --tool names it. The exit code is 0 only when every server is proven.',
  examples: [
    { command: 'berth verify weather', what: 'a server of the platform, on every URL that its clients use' },
    { command: 'berth verify http://10.20.0.40:31117/mcp', what: 'what an endpoint lists; nothing is called' },
    {
      command:
        "berth verify https://mcp.example.org/mcp --header 'Authorization:Bearer ${TOKEN}' --tool now --must-match temperature",
      what: 'one call at an endpoint that asks for a token',
    },
  ],
  effect: 'reads',
  positionals: ['servers'],
  options,

  async run({ servers, header, tool, args, mustMatch, mustNotMatch, cluster, timeout }, context) {
    const expressions = {
      ...(mustMatch === undefined ? {} : { mustMatch }),
      ...(mustNotMatch === undefined ? {} : { mustNotMatch }),
    };
    contentCheck(expressions);
    const headers = readHeaders(header, context.variable);
    const canary = { ...(tool === undefined ? {} : { tool }), ...(args ? { args } : {}), ...expressions };
    const proofs = await verifyServers(context, { servers, cluster, headers, canary, timeoutSeconds: timeout });
    return { version: 1, servers: proofs };
  },

  toText: ({ servers }, style) => proofsToText(servers, style),
  failed: ({ servers }) => servers.some(({ verdict }) => verdict !== 'proven'),
});
