import type { CallObservation, ProbeRequest, ToolDefinition } from '../../proof/types.ts';
import { headerValue } from './modern-session.ts';
import { type JsonObject, isObject } from './rpc-message.ts';
import type { McpSession } from './session.ts';

/** The call that the request asks for, or the first tool that promises to read only and needs no argument. */
export function chooseCall(
  { canary, mayPickTool }: Pick<ProbeRequest, 'canary' | 'mayPickTool'>,
  tools: readonly ToolDefinition[],
): { tool: string; args: JsonObject } | undefined {
  if (canary) return { tool: canary.tool, args: canary.args };
  const harmless = mayPickTool ? tools.find(isHarmless) : undefined;
  return harmless && { tool: harmless.name, args: {} };
}

function isHarmless({ annotations, inputSchema }: ToolDefinition): boolean {
  const required = isObject(inputSchema) ? (inputSchema['required'] ?? []) : [];
  return annotations?.readOnlyHint === true && Array.isArray(required) && required.length === 0;
}

export async function callTool(
  session: McpSession,
  { tool, args }: { tool: string; args: JsonObject },
  definition: ToolDefinition | undefined,
  signal: AbortSignal,
): Promise<CallObservation> {
  const started = performance.now();
  const headers = session.era === 'modern' ? parameterHeaders(definition?.inputSchema, args) : {};
  const { result, problem } = await session.request('tools/call', { name: tool, arguments: args }, signal, headers);
  const call = { tool, args, milliseconds: Math.round(performance.now() - started) };
  if (!result) return { ...call, error: problem ?? 'no answer' };
  const { content, structuredContent } = result;
  if (!Array.isArray(content) && structuredContent === undefined)
    return { ...call, error: 'the result has no content' };
  return {
    ...call,
    result: {
      isError: result['isError'] === true,
      text: (Array.isArray(content) ? content : []).map(textOf).filter(Boolean).join('\n'),
      ...(structuredContent === undefined ? {} : { structured: structuredContent }),
    },
  };
}

/** What can be read of a content block: its text, or that of the resource in it. */
function textOf(block: unknown): string {
  if (!isObject(block)) return '';
  const holder = isObject(block['resource']) ? block['resource'] : block;
  return typeof holder['text'] === 'string' ? holder['text'] : '';
}

/** `Mcp-Param-…`: arguments that a tool wants to be seen in the headers too (`x-mcp-header` in its schema). */
function parameterHeaders(schema: unknown, args: unknown, depth = 0): Record<string, string> {
  if (!isObject(schema) || !isObject(schema['properties']) || !isObject(args) || depth > 10) return {};
  const headers: Record<string, string> = {};
  for (const [name, property] of Object.entries(schema['properties'])) {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    if (!isObject(property)) continue;
    const header = property['x-mcp-header'];
    if (typeof header === 'string' && /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(header) && isPlain(value)) {
      headers[`mcp-param-${header.toLowerCase()}`] = headerValue(String(value));
    }
    Object.assign(headers, parameterHeaders(property, value, depth + 1));
  }
  return headers;
}

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
