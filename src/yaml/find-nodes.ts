import { type Node, resolved, type ScalarNode } from './node.ts';
import type { YamlPath } from './types.ts';
import { every, type PathPattern } from './yaml-path.ts';

export interface Found {
  readonly path: YamlPath;
  readonly node: Node;
}

export function nodeAt(root: Node, path: YamlPath): Node | undefined {
  return path.reduce<Node | undefined>((from, part) => from && childOf(from, part), root);
}

/** The key that leads to a path's last part. */
export function keyNodeAt(root: Node, path: YamlPath): ScalarNode | undefined {
  const parent = nodeAt(root, path.slice(0, -1));
  const name = path.at(-1);
  return parent && name !== undefined ? entryOf(parent, String(name))?.key : undefined;
}

export function findNodes(root: Node, pattern: PathPattern): Found[] {
  return pattern.reduce<Found[]>(
    (found, part) =>
      found.flatMap(({ path, node }) =>
        (part === every ? partsOf(node) : [part]).flatMap((step) => {
          const child = childOf(node, step);
          return child ? [{ path: [...path, step], node: child }] : [];
        }),
      ),
    [{ path: [], node: root }],
  );
}

function childOf(node: Node, part: string | number): Node | undefined {
  const from = resolved(node);
  if (from.kind === 'list') return from.items[Number(part)];
  return entryOf(from, String(part))?.value;
}

function entryOf(node: Node, name: string): { key: ScalarNode; value: Node } | undefined {
  const from = resolved(node);
  if (from.kind !== 'map') return undefined;
  const index = from.names.indexOf(name);
  const [key, value] = [from.keys[index], from.values[index]];
  if (key && value) return { key, value };
  for (const source of from.merged) {
    const inherited = entryOf(source, name);
    if (inherited) return inherited;
  }
  return undefined;
}

function partsOf(node: Node): (string | number)[] {
  const from = resolved(node);
  if (from.kind === 'list') return [...from.items.keys()];
  if (from.kind !== 'map') return [];
  return [...new Set([...from.names, ...from.merged.flatMap((source) => partsOf(source).map(String))])];
}
