import { createHash } from 'node:crypto';

/**
 * What the annotation `mcp-berth.dev/code-sha256` holds: a hash over all that a ConfigMap carries, whatever the order
 * of its keys. A pod template that carries it changes with the code, so that new code restarts the pods.
 */
export function codeHash({ data, binaryData }: { data?: unknown; binaryData?: unknown }): string {
  const content = { data: sortedEntries(data), binaryData: sortedEntries(binaryData) };
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

function sortedEntries(map: unknown): [string, string][] {
  const entries = Object.entries((map ?? {}) as Record<string, unknown>).map(([key, value]): [string, string] => [
    key,
    String(value),
  ]);
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
