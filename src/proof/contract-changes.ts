import type { Contract } from './types.ts';

export interface ContractChange {
  tool: string;
  change: 'added' | 'changed' | 'removed';
  /**
   * `breaking`: agents that call it fail; `review`: it may mean something else now; `harmless`: nobody relies on it
   * yet.
   */
  gravity: 'breaking' | 'review' | 'harmless';
}

/**
 * What became of the tools since they were proven last, the gravest first. A lock keeps hashes, so a field has no name
 * here.
 */
export function contractChanges(before: Contract, after: Contract): ContractChange[] {
  if (before.hash === after.hash) return [];
  const [old, now] = [new Map(Object.entries(before.tools)), new Map(Object.entries(after.tools))];
  const of = (tools: Iterable<string>, change: ContractChange['change'], gravity: ContractChange['gravity']) =>
    [...tools].toSorted((a, b) => (a < b ? -1 : 1)).map((tool) => ({ tool, change, gravity }));
  return [
    ...of(
      [...old.keys()].filter((tool) => !now.has(tool)),
      'removed',
      'breaking',
    ),
    ...of(
      [...old].filter(([tool, hash]) => now.has(tool) && now.get(tool) !== hash).map(([tool]) => tool),
      'changed',
      'review',
    ),
    ...of(
      [...now.keys()].filter((tool) => !old.has(tool)),
      'added',
      'harmless',
    ),
  ];
}
