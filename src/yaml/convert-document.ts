import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { blockIndent, endOfBlock } from './block-scalar.ts';
import { limits } from './limits.ts';
import {
  type ListNode,
  type MapNode,
  type Node,
  type ProblemAt,
  resolved,
  type ScalarNode,
  type ScalarStyle,
} from './node.ts';
import { resolveTagged } from './plain-value.ts';

type Problem = Omit<ProblemAt, 'document'>;

/** A document of the library as the nodes that both readers make. Gives no root for one in which nothing stands. */
export function convertDocument(document: Document.Parsed, text: string): { root?: Node; problem?: Problem } {
  const { contents } = document;
  if (contents === null || isNothing(contents)) return {};
  try {
    return { root: new Conversion(text).node(contents).node };
  } catch (error) {
    if (error instanceof Stop) return { problem: error.problem };
    throw error;
  }
}

function isNothing(node: ParsedNode): boolean {
  return isScalar(node) && node.source === '' && !node.tag && !node.anchor && node.type === 'PLAIN';
}

/** Ends a conversion from within; never leaves this file. */
class Stop extends Error {
  readonly problem: Problem;

  constructor(code: ProblemAt['code'], offset: number, message = '') {
    super(code);
    this.problem = { code, offset, message };
  }
}

/** A node with what it costs to make its value: levels and characters, aliases put in. */
interface Measured<T extends Node = Node> {
  node: T;
  depth: number;
  size: number;
}

class Conversion {
  readonly #text: string;
  readonly #anchors = new Map<string, Measured | 'open'>();
  #expanded = 0;

  constructor(text: string) {
    this.#text = text;
  }

  node(from: ParsedNode): Measured {
    if (isAlias(from)) return this.#alias(from.source, from.range);
    const { anchor } = from;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const measured = isScalar(from) ? this.#scalar(from) : isMap(from) ? this.#map(from) : this.#list(from);
    if (anchor !== undefined) this.#anchors.set(anchor, measured);
    if (measured.depth > limits.expandedDepth) throw new Stop('TOO_DEEP', measured.node.start);
    return measured;
  }

  #alias(name: string, [start, end]: readonly number[]): Measured {
    const found = this.#anchors.get(name);
    const from = start ?? 0;
    if (found === undefined) throw new Stop('BAD_ALIAS', from, name);
    if (found === 'open') throw new Stop('ALIAS_WITHIN_ITSELF', from, name);
    this.#expanded += found.size;
    if (this.#expanded > limits.expandedSize) throw new Stop('ALIASES_TOO_LARGE', from, name);
    return { ...found, node: { kind: 'alias', start: from, end: end ?? from, target: resolved(found.node) } };
  }

  #scalar(from: Scalar.Parsed): Measured<ScalarNode> {
    const [at, to] = from.range;
    const style = styles[from.type ?? 'PLAIN'] ?? '';
    const content = from.source;
    const tag = from.tag;
    if (tag !== undefined && !fitsTag(tag, content))
      throw new Stop('TAG_MISFIT', this.#startOfTag(at), `${content} is no ${shortTag(tag)}`);
    const indent = style === '|' || style === '>' ? blockIndent(this.#text, at, to, content) : 0;
    const end = style === '|' || style === '>' ? endOfBlock(this.#text, at, to, indent) : to;
    const start = tag === undefined ? at : this.#startOfTag(at);
    const empty = content === '' && style === '';
    const place = empty && tag === undefined ? this.#beforeBlanks(at) : undefined;
    const node: ScalarNode = {
      kind: 'scalar',
      start: place ?? start,
      end: place ?? end,
      style,
      indent,
      text: content,
      tag,
    };
    return { node, depth: 0, size: content.length + 1 };
  }

  #list(from: YAMLSeq.Parsed): Measured<ListNode> {
    const items = from.items.map((item) => this.node(item));
    const [start, to] = from.range;
    const end = from.flow === true ? to : (items.at(-1)?.node.end ?? to);
    return { ...sum(items), node: { kind: 'list', start, end, items: items.map(({ node }) => node) } };
  }

  #map(from: YAMLMap.Parsed): Measured<MapNode> {
    const names = new Map<string, ScalarNode>();
    const values: Measured[] = [];
    const merged: Measured<MapNode>[] = [];
    const [start, to] = from.range;
    let end = to;
    for (const { key: keyFrom, value: valueFrom } of from.items) {
      const key = this.#key(keyFrom);
      const value = valueFrom === null ? this.#nothingAfter(key) : this.node(valueFrom);
      end = Math.max(key.end, value.node.end);
      if (key.text === '<<' && key.style === '') merged.push(...mergeSources(value));
      else {
        const name = key.text ?? '';
        const first = names.get(name);
        if (first) throw new Stop('DUPLICATE_KEY', key.start, name);
        names.set(name, key);
        values.push(value);
      }
    }
    for (const { size } of merged) this.#expanded += size;
    const node: MapNode = {
      kind: 'map',
      start,
      end: from.flow === true ? to : end,
      names: [...names.keys()],
      keys: [...names.values()],
      values: values.map((value) => value.node),
      merged: merged.map((source) => source.node),
    };
    return { ...sum([...values, ...merged], names.keys()), node };
  }

  #key(from: ParsedNode): ScalarNode {
    const { node } = this.node(from);
    const key = resolved(node);
    if (key.kind !== 'scalar') throw new Stop('KEY_NO_TEXT', node.start);
    if (node.kind === 'alias') return { ...key, start: node.start, end: node.end };
    // Where nothing is the key, it stands before the colon.
    return key.start === key.end ? { ...key, start: from.range[0], end: from.range[0] } : key;
  }

  #nothingAfter({ end }: ScalarNode): Measured<ScalarNode> {
    const node: ScalarNode = { kind: 'scalar', start: end, end, style: '', indent: 0, text: '', tag: undefined };
    return { node, depth: 0, size: 1 };
  }

  /** Where nothing stands, it stands behind the colon or dash, whatever blanks follow. */
  #beforeBlanks(at: number): number {
    let place = at;
    while (place > 0 && ' \t'.includes(this.#text.charAt(place - 1))) place -= 1;
    return place;
  }

  /** A tag belongs to what it makes of a scalar: who replaces the value replaces both. */
  #startOfTag(at: number): number {
    const before = this.#text.slice(Math.max(0, at - 200), at);
    return at - (/![^\s!]*(?:![^\s]*)?[ \t]+$/.exec(before)?.[0].length ?? 0);
  }
}

const styles: Record<string, ScalarStyle> = {
  PLAIN: '',
  QUOTE_SINGLE: "'",
  QUOTE_DOUBLE: '"',
  BLOCK_LITERAL: '|',
  BLOCK_FOLDED: '>',
};

function fitsTag(tag: string, content: string): boolean {
  const value = resolveTagged(tag, content);
  switch (shortTag(tag)) {
    case '!!int':
      return Number.isInteger(value);
    case '!!float':
      return typeof value === 'number';
    case '!!bool':
      return typeof value === 'boolean';
    case '!!null':
      return value === null;
    default:
      return true;
  }
}

function shortTag(tag: string): string {
  return tag.replace('tag:yaml.org,2002:', '!!');
}

/** The maps that the value of `<<` names, the strongest first. */
function mergeSources({ node, ...cost }: Measured): Measured<MapNode>[] {
  const value = resolved(node);
  if (value.kind === 'map') return [{ ...cost, node: value }];
  const sources = value.kind === 'list' ? value.items.map(resolved) : [value];
  return sources.map((source, index) => {
    if (source.kind !== 'map') throw new Stop('MERGE_NO_MAP', node.start);
    return { depth: cost.depth, size: index === 0 ? cost.size : 0, node: source };
  });
}

function sum(children: readonly Measured[], names: Iterable<string> = []): { depth: number; size: number } {
  let [depth, size] = [0, 1];
  for (const child of children) {
    depth = Math.max(depth, child.depth);
    size += child.size;
  }
  for (const name of names) size += name.length;
  return { depth: depth + 1, size };
}
