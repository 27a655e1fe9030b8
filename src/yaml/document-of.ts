import { findNodes, keyNodeAt, nodeAt } from './find-nodes.ts';
import type { LineIndex } from './line-index.ts';
import type { DocumentNode, Node } from './node.ts';
import { plainValue } from './plain-value.ts';
import { scalarText } from './scalar-text.ts';
import type { Field, YamlDocument, YamlPath } from './types.ts';
import { parsePath, printPath } from './yaml-path.ts';

/** A document whose values, texts and positions are made when somebody asks for them, once. */
export function documentOf(file: string, text: string, { index, root }: DocumentNode, lines: LineIndex): YamlDocument {
  const value = once(() => plainValue(root, text));
  const position = once(() => lines.positionOf(root.start));
  const field = <T>(path: YamlPath, node: Node, valueOf: () => T): Field<T> =>
    lazyField(text, lines, path, node, valueOf);
  return {
    file,
    text,
    index,
    range: [root.start, root.end],
    get position() {
      return position();
    },
    get value() {
      return value();
    },
    fieldAt: (path) => {
      const node = nodeAt(root, path);
      return node && field<unknown>(path, node, () => plainValue(node, text));
    },
    keyAt: (path) => {
      const key = keyNodeAt(root, path);
      return key && field(path, key, () => scalarText(key, text));
    },
    fields: (path) =>
      findNodes(root, parsePath(path)).map((found) =>
        field<unknown>(found.path, found.node, () => plainValue(found.node, text)),
      ),
  };
}

function lazyField<T>(
  text: string,
  lines: LineIndex,
  path: YamlPath,
  { start, end }: Node,
  valueOf: () => T,
): Field<T> {
  const value = once(valueOf);
  const position = once(() => lines.positionOf(start));
  return {
    get value() {
      return value();
    },
    path: printPath(path),
    get position() {
      return position();
    },
    range: [start, end],
    source: text.slice(start, end),
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
