import { nearestWord } from '../nearest-word.ts';
import { isOddKey } from './go-scalar.ts';
import type { Shape } from './kustomization-fields.ts';
import { invalid } from './kustomize-error.ts';
import { isList, isMap, isNull, type PlainMap, setField } from './plain-data.ts';

/** Where something stands, and how it was written. */
export interface Source {
  at(path: readonly (string | number)[]): string;
  /** The bytes of a scalar. */
  written(path: readonly (string | number)[]): string;
  /** Whether the text stands somewhere in quotes. */
  quotes(text: string): boolean;
}

type Path = readonly (string | number)[];

/** Plain data in a given shape; refuses what is unknown or of another kind. Null counts as absent, as it does in Go. */
export function decode(value: unknown, shape: Shape, source: Source, path: Path = []): unknown {
  if (shape === 'text') return decodeText(value, source, path);
  if (shape === 'flag') return decodeFlag(value, source, path);
  if (shape === 'whole number') {
    if (isNull(value)) return 0;
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong('a whole number', source, path);
    return value;
  }
  if ('list' in shape) {
    if (isNull(value)) return [];
    if (!isList(value)) throw wrong('a list', source, path);
    return value.map((item, index) => decode(item, shape.list, source, [...path, index]));
  }
  if (isNull(value)) return {};
  if (!isMap(value)) throw wrong('a map', source, path);
  return 'texts' in shape ? decodeTexts(value, source, path) : decodeFields(value, shape.fields, source, path);
}

function decodeTexts(value: PlainMap, source: Source, path: Path): PlainMap {
  const result: PlainMap = {};
  for (const key of Object.keys(value)) {
    if (isOddKey(key) || (isYaml11Word(key) && !source.quotes(key))) {
      throw invalid(`kustomize takes the key ${key} of ${printed(path)} for no text`, source.at([...path, key]));
    }
    setField(result, key, decodeText(value[key], source, [...path, key]));
  }
  return result;
}

/** Go finds its fields whatever the case of their letters. */
function decodeFields(value: PlainMap, fields: Readonly<Record<string, Shape>>, source: Source, path: Path): PlainMap {
  const result: PlainMap = {};
  for (const key of Object.keys(value)) {
    const name = Object.hasOwn(fields, key)
      ? key
      : Object.keys(fields).find((field) => field.toLowerCase() === key.toLowerCase());
    const shape = name === undefined ? undefined : fields[name];
    if (name === undefined || shape === undefined) throw unknown(key, Object.keys(fields), source, path);
    if (!isNull(value[key])) result[name] = decode(value[key], shape, source, [...path, key]);
  }
  return result;
}

function unknown(key: string, fields: readonly string[], source: Source, path: Path): Error {
  const near = nearestWord(key, fields);
  const place = path.length === 0 ? 'a kustomization' : printed(path);
  return invalid(
    `${place} has no field "${key}"`,
    source.at([...path, key]),
    near ? `Did you mean ${near}?` : `It has ${fields.join(', ')}.`,
  );
}

function decodeText(value: unknown, source: Source, path: Path): string {
  if (isNull(value)) return '';
  if (typeof value !== 'string' || isYaml11Flag(value, source, path) !== undefined) throw wrong('a text', source, path);
  return value;
}

function decodeFlag(value: unknown, source: Source, path: Path): boolean {
  if (isNull(value)) return false;
  const flag = typeof value === 'string' ? isYaml11Flag(value, source, path) : value;
  if (typeof flag !== 'boolean') throw wrong('true or false', source, path);
  return flag;
}

/** kustomize reads its own files as YAML 1.1, where a bare `yes` or `off` is a boolean. */
function isYaml11Flag(value: string, source: Source, path: Path): boolean | undefined {
  return isYaml11Word(value) && source.written(path) === value ? /^(?:y|on)/i.test(value) : undefined;
}

function isYaml11Word(text: string): boolean {
  return /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/.test(text);
}

function wrong(expected: string, source: Source, path: Path): Error {
  return invalid(`${path.length === 0 ? 'a kustomization' : printed(path)} must be ${expected}`, source.at(path));
}

function printed(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}
