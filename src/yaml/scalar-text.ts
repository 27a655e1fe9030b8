import type { ScalarNode } from './node.ts';

/** What a scalar says, decoded once. */
export function scalarText(node: ScalarNode, text: string): string {
  return (node.text ??= text.slice(node.start, node.end));
}
