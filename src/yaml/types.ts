/** Offsets in the text of a file, in UTF-16 code units: `text.slice(...range)`. */
export type Range = readonly [start: number, end: number];

/** Line and column count from 1, as editors do. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** One replacement in the text of one file. Everything outside `range` keeps every byte, comments included. */
export interface Edit {
  file: string;
  range: Range;
  text: string;
}

/** `['spec', 'ports', 0, 'nodePort']`. */
export type YamlPath = readonly (string | number)[];

/** A scalar, list or map in a YAML file, together with the place it was read from. */
export interface Field<T = unknown> {
  value: T;
  /** As kubectl prints it: `spec.ports[0].nodePort`. */
  path: string;
  position: Position;
  range: Range;
  /** As it is written there, with its quotes. Empty where a key has nothing behind it. */
  source: string;
}

/** Why a file, or a part of it, is no YAML. */
export interface YamlProblem {
  message: string;
  position: Position;
  hint?: string;
  /** Where the block that the problem ends, or never ends, began. */
  began?: Position;
}

export interface YamlDocument {
  readonly file: string;
  /** Of the whole file. */
  readonly text: string;
  /** Which document of the file it is, from 0. */
  readonly index: number;
  readonly range: Range;
  readonly position: Position;
  /**
   * The document as plain data, as a YAML 1.2 core schema reader gives it. kubectl reads YAML 1.1: to it `yes`, `on`,
   * `0755` and dates without quotes are something else (see readsDifferently). Keys are texts, as they are written.
   */
  readonly value: unknown;
  /** The value at an exact path, with its place; undefined where there is none. */
  fieldAt(path: YamlPath): Field | undefined;
  /** The key in front of the value at a path: the place for what is wrong with a name. */
  keyAt(path: YamlPath): Field<string> | undefined;
  /** All values at a path; `[*]` stands for every item of a list, `*` for every key of a map: `spec.ports[*].nodePort`. */
  fields(path: string): Field[];
}

export interface YamlFile {
  readonly file: string;
  readonly text: string;
  /** Documents that could be read; empty and wholly commented ones are left out. */
  readonly documents: readonly YamlDocument[];
  /**
   * Nothing is said here that a full YAML library did not confirm, but for what kubectl refuses and the library takes:
   * keys that stand twice, control characters, aliases and nesting without bounds.
   */
  readonly problems: readonly YamlProblem[];
}
