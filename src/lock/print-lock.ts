import type { Lock } from './types.ts';

/**
 * The lock as it stands in Git: sorted throughout, so that the same proof is the same file and a diff shows what
 * changed.
 */
export function printLock(lock: Lock): string {
  return `${JSON.stringify(sorted(lock), null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  // Every list in a lock is a set of words.
  if (Array.isArray(value)) return (value as string[]).toSorted((a, b) => (a < b ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
