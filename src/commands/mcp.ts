import { z } from 'zod';
import { defineCommand } from './define-command.ts';

export const mcpCommand = defineCommand({
  name: 'mcp',
  summary: 'Offer these commands to a coding agent, as an MCP server on stdin and stdout',
  description:
    'Every command becomes a tool with the same options and results. What changes a cluster, pushes or takes something away needs the argument "yes": true.',
  examples: [
    { command: 'claude mcp add berth -- npx mcp-berth mcp', what: 'give berth to Claude Code in this repository' },
  ],
  effect: 'reads',
  terminalOnly: true,
  options: z.object({}),
  async run(_, { openDoor }) {
    await openDoor('mcp');
    return {};
  },
  toText: () => '',
});
