/**
 * What both readers make of a document: places in the text, and texts only where they had to be decoded at once.
 * Ranges leave out anchors, comments and the line break at the end.
 */
export type Node = ScalarNode | ListNode | MapNode | AliasNode;

/** Plain, single or double quoted, literal, folded. */
export type ScalarStyle = '' | "'" | '"' | '|' | '>';

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
  readonly style: ScalarStyle;
  /** Columns that the lines of a block lose. */
  readonly indent: number;
  /** Undefined until somebody asks: see scalarText. */
  text: string | undefined;
  /** `!!str` and its like, in full: `tag:yaml.org,2002:str`. */
  readonly tag: string | undefined;
}

export interface ListNode {
  readonly kind: 'list';
  readonly start: number;
  readonly end: number;
  readonly items: readonly Node[];
}

export interface MapNode {
  readonly kind: 'map';
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[];
  readonly keys: readonly ScalarNode[];
  readonly values: readonly Node[];
  /** What `<<` brings in, the strongest first; the map's own keys are stronger. */
  readonly merged: readonly MapNode[];
}

export interface AliasNode {
  readonly kind: 'alias';
  readonly start: number;
  readonly end: number;
  readonly target: Exclude<Node, AliasNode>;
}

export interface DocumentNode {
  readonly index: number;
  readonly root: Node;
}

/** A problem before it has a line and a column. */
export interface ProblemAt {
  /** One of the YAML library's codes, or of the reader's own. */
  readonly code: string;
  readonly offset: number;
  /** What the library says, or the name that the problem is about. */
  readonly message: string;
  /** Offset of the document that cannot be read. */
  readonly document: number;
}

export interface Reading {
  readonly documents: readonly DocumentNode[];
  readonly problems: readonly ProblemAt[];
}

export function resolved(node: Node): Exclude<Node, AliasNode> {
  return node.kind === 'alias' ? node.target : node;
}
