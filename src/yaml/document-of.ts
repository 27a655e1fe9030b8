import { findNodes, keyNodeAt, nodeAt } from './find-nodes.ts';
import type { LineIndex } from './line-index.ts';
import type { DocumentNode, Node } from './node.ts';
import { plainValue } from './plain-value.ts';
import { scalarText } from './scalar-text.ts';
import type { Field, Position, Range, YamlDocument, YamlPath } from './types.ts';
import { parsePath, printPath } from './yaml-path.ts';

export function documentOf(file: string, text: string, document: DocumentNode, lines: LineIndex): YamlDocument {
  return new LazyDocument(file, text, document, lines);
}

/** Makes its value and its positions when somebody asks for them, once. */
class LazyDocument implements YamlDocument {
  readonly file: string;
  readonly text: string;
  readonly index: number;
  readonly range: Range;
  readonly #root: Node;
  readonly #lines: LineIndex;
  #value: { made: unknown } | undefined;

  constructor(file: string, text: string, { index, root }: DocumentNode, lines: LineIndex) {
    this.file = file;
    this.text = text;
    this.index = index;
    this.range = [root.start, root.end];
    this.#root = root;
    this.#lines = lines;
  }

  get position(): Position {
    return this.#lines.positionOf(this.#root.start);
  }

  get value(): unknown {
    return (this.#value ??= { made: plainValue(this.#root, this.text) }).made;
  }

  // Functions of their own, not methods: they may be handed on alone.
  readonly fieldAt = (path: YamlPath): Field | undefined => {
    const node = nodeAt(this.#root, path);
    return node && this.#field(path, node, () => plainValue(node, this.text));
  };

  readonly keyAt = (path: YamlPath): Field<string> | undefined => {
    const key = keyNodeAt(this.#root, path);
    return key && this.#field(path, key, () => scalarText(key, this.text));
  };

  readonly fields = (path: string): Field[] =>
    findNodes(this.#root, parsePath(path)).map((found) =>
      this.#field<unknown>(found.path, found.node, () => plainValue(found.node, this.text)),
    );

  /** Its own properties all, so that it can be compared and copied. */
  #field<T>(path: YamlPath, { start, end }: Node, valueOf: () => T): Field<T> {
    const lines = this.#lines;
    let value: { made: T } | undefined;
    return {
      get value() {
        return (value ??= { made: valueOf() }).made;
      },
      path: printPath(path),
      get position() {
        return lines.positionOf(start);
      },
      range: [start, end],
      source: this.text.slice(start, end),
    };
  }
}
