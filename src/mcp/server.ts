import { McpServer, type ServerContext } from '@modelcontextprotocol/server';
import type { Command, Context, World } from '../commands/define-command.ts';
import { BerthError } from '../errors.ts';
import { plain, requireConsent, toolError, toolOf, toolResult } from './tool.ts';

/** Offers the commands as MCP tools: the same options and results, no second implementation. */
export function createMcpServer(commands: readonly Command[], world: World, version: string): McpServer {
  const server = new McpServer({ name: 'berth', version }, { instructions });
  const oneAtATime = queue();
  for (const command of commands) {
    if (command.terminalOnly) continue;
    const { name, ...config } = toolOf(command);
    server.registerTool(name, config, async (options, context) => {
      const run = async (): Promise<unknown> => command.run(options, contextOf(command, world, context));
      try {
        requireConsent(command, options);
        return toolResult(command, await (command.effect === 'reads' ? run() : oneAtATime(run)));
      } catch (error) {
        if (error instanceof BerthError) return toolError(error);
        throw error;
      }
    });
  }
  return server;
}

const instructions =
  'berth takes MCP servers to a proven tool call in a Kubernetes cluster, through Git. Usual order: check, new, deploy, verify. ' +
  'Every refusal carries a hint; explain has the whole page of a rule, error or fault.';

function contextOf(command: Command, world: World, { mcpReq }: ServerContext): Context {
  const progressToken = mcpReq._meta?.progressToken;
  let sent = 0;
  const progress = (message: string): void => {
    if (progressToken === undefined) return;
    const params = { progressToken, progress: ++sent, message };
    // A client that went away misses a line of progress; the call itself ends with its signal.
    void mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
  };
  return {
    ...world,
    signal: AbortSignal.any([world.signal, mcpReq.signal]),
    // An agent that reads hostile text could be talked into sending variables somewhere: it gets the tokens of servers alone.
    variable: (name) => (name.endsWith('_MCP_TOKEN') ? world.variable(name) : undefined),
    interactive: false,
    columns: plain.columns,
    progress,
    emit: (event) => progress(command.eventToText?.(event, plain) ?? ''),
    async ask({ text, flag, required, default: preset }) {
      if (!required) return preset;
      throw new BerthError('USAGE', `Nobody is here to answer: ${text}`, {
        hint: `Answer with the argument ${flag.replace(/^--/, '')}.`,
      });
    },
  };
}

/** Two calls that write the same working tree wait for each other. */
function queue(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return async (run) => {
    const next = last.then(run, run);
    last = next;
    return next;
  };
}
