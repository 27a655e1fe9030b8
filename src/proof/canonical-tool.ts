import type { ToolDefinition } from './types.ts';

type Json = Record<string, unknown>;

/** A tool as text: sorted keys, without what says nothing to a caller or is said differently by each SDK. */
export function canonicalTool({
  name,
  description,
  inputSchema,
  outputSchema,
  annotations = {},
}: ToolDefinition): string {
  const { title: _, ...hints } = annotations;
  const parts = {
    name,
    description: description?.trim(),
    inputSchema: canonicalSchema(inputSchema),
    outputSchema: outputSchema === undefined ? undefined : canonicalSchema(outputSchema),
    annotations: Object.keys(hints).length > 0 ? hints : undefined,
  };
  return JSON.stringify(sorted(parts));
}

/** Keywords whose own keys are names that somebody chose, and no keywords. */
const named = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);
/** Keywords whose order means nothing. */
const unordered = new Set(['required', 'enum', 'type']);

function canonicalSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(canonicalSchema);
  if (!isObject(schema)) return schema;
  // FastMCP wraps what is no object; version 2 says so in a description of its own.
  const wrapped = schema['x-fastmcp-wrap-result'] === true;
  const kept = Object.entries(schema).filter(
    ([key, value]) => !isNoise(key, value) && !(wrapped && key === 'description'),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, canonicalKeyword(key, value)]));
}

function canonicalKeyword(key: string, value: unknown): unknown {
  if (named.has(key) && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, canonicalSchema(schema)]));
  }
  if (unordered.has(key) && Array.isArray(value)) {
    return value.toSorted((a, b) => (JSON.stringify(sorted(a)) < JSON.stringify(sorted(b)) ? -1 : 1));
  }
  return key === 'default' || key === 'const' || key === 'examples' ? value : canonicalSchema(value);
}

function isNoise(key: string, value: unknown): boolean {
  if (key === '_meta' || key === '$schema' || key === 'title' || key.startsWith('x-fastmcp-')) return true;
  // Whether more arguments are allowed is set by the SDK, not by who wrote the tool; a schema for them is.
  if (key === 'additionalProperties')
    return typeof value === 'boolean' || (isObject(value) && Object.keys(value).length === 0);
  if (key === 'required') return Array.isArray(value) && value.length === 0;
  // Some schema libraries spell out that an integer is one which JavaScript can hold.
  return (key === 'minimum' || key === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
