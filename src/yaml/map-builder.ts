import type { MapNode, Node, ScalarNode } from './node.ts';
import { scalarText } from './scalar-text.ts';
import { unfamiliar } from './unfamiliar.ts';

/** Collects the entries of a map, and leaves one with a key twice, or with a merge, to the library. */
export class MapBuilder {
  readonly #text: string;
  readonly #names: string[] = [];
  readonly #keys: ScalarNode[] = [];
  readonly #values: Node[] = [];
  #known: Set<string> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  add(key: ScalarNode, value: Node): void {
    const name = scalarText(key, this.#text);
    if (name === '<<' || name.length > longestKey || this.#has(name)) throw unfamiliar;
    this.#names.push(name);
    this.#known?.add(name);
    this.#keys.push(key);
    this.#values.push(value);
  }

  end(start: number, end: number): MapNode {
    return { kind: 'map', start, end, names: this.#names, keys: this.#keys, values: this.#values, merged: [] };
  }

  /** Most maps have few keys: looking through them is cheaper than a set. */
  #has(name: string): boolean {
    if (this.#known) return this.#known.has(name);
    if (this.#names.length > 16) this.#known = new Set(this.#names);
    return this.#names.includes(name);
  }
}

/** YAML ends a key on the line after 1024 characters; quotes and escapes count. */
const longestKey = 150;
