import type { ToolDefinition } from '../../proof/types.ts';
import { listAll } from './list-all.ts';
import { type JsonObject, isObject } from './rpc-message.ts';
import { shorten } from './rpc-reply.ts';
import type { McpSession } from './session.ts';

export interface ListedTools {
  tools: ToolDefinition[];
  problem?: string;
}

/**
 * The tools as a client takes them: one without a name or a schema of its input makes clients refuse the whole list.
 */
export async function listTools(session: McpSession, signal: AbortSignal): Promise<ListedTools> {
  if (session.era === 'modern' && !isObject(session.capabilities['tools'])) return { tools: [] };
  const { items, problem } = await listAll(session, 'tools', signal);
  const unusable = items.map(whyUnusable).find(Boolean);
  const reason = problem ?? (unusable === undefined ? undefined : `tools/list: ${unusable}`);
  return {
    tools: items.filter((item) => !whyUnusable(item)).map(toolOf),
    ...(reason === undefined ? {} : { problem: reason }),
  };
}

function whyUnusable(item: JsonObject): string | undefined {
  if (typeof item['name'] !== 'string' || item['name'] === '') return 'a tool has no name';
  const schema = item['inputSchema'];
  if (!isObject(schema) || schema['type'] !== 'object')
    return `tool ${shorten(item['name'], 60)} has no inputSchema of an object`;
  return undefined;
}

function toolOf({ name, title, description, inputSchema, outputSchema, annotations }: JsonObject): ToolDefinition {
  return {
    name: name as string,
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(inputSchema === undefined ? {} : { inputSchema }),
    ...(outputSchema === undefined ? {} : { outputSchema }),
    ...(isObject(annotations) ? { annotations } : {}),
  };
}
