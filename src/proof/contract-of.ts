import { createHash } from 'node:crypto';
import { canonicalTool } from './canonical-tool.ts';
import type { Contract, Observation } from './types.ts';

/** What a server offers, as hashes that are the same over each protocol era and, as far as can be, for each SDK. */
export function contractOf({ tools = [] }: Pick<Observation, 'tools'>): Contract {
  const texts = new Map<string, string[]>();
  for (const tool of tools) texts.set(tool.name, [...(texts.get(tool.name) ?? []), canonicalTool(tool)]);
  const hashes = [...texts]
    .map(([name, same]) => [name, sha256(same.toSorted().join('\n'))] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { hash: sha256(JSON.stringify(hashes)), tools: Object.fromEntries(hashes) };
}

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
