import { resolvePlain } from './core-schema.ts';
import type { MapNode, Node, ScalarNode } from './node.ts';
import { scalarText } from './scalar-text.ts';

/** A node as plain data. What an alias names is there each time anew: who changes one copy changes no other. */
export function plainValue(node: Node, text: string): unknown {
  switch (node.kind) {
    case 'scalar':
      return scalarValue(node, text);
    case 'list':
      return node.items.map((item) => plainValue(item, text));
    case 'map':
      return mapValue(node, text);
    case 'alias':
      return plainValue(node.target, text);
  }
}

function scalarValue(node: ScalarNode, text: string): unknown {
  const content = scalarText(node, text);
  if (node.tag === undefined) return node.style === '' ? resolvePlain(content) : content;
  return resolveTagged(node.tag, content);
}

/** What a tag says outweighs how the scalar is written; tags that nobody here knows leave it a text. */
export function resolveTagged(tag: string, content: string): unknown {
  return /^tag:yaml\.org,2002:(?:int|float|bool|null)$/.test(tag) ? resolvePlain(content) : content;
}

function mapValue(node: MapNode, text: string): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const { names, values } = node;
  for (let index = 0; index < names.length; index += 1) {
    const child = values[index];
    if (child) set(value, names[index] ?? '', plainValue(child, text));
  }
  for (const source of node.merged) {
    for (const [name, inherited] of Object.entries(mapValue(source, text)))
      if (!Object.hasOwn(value, name)) set(value, name, inherited);
  }
  return value;
}

/** `__proto__` is a name like any other. */
function set(map: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
  else map[name] = value;
}
