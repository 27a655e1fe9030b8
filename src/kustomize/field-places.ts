import { invalid, unsupported } from './kustomize-error.ts';
import {
  changeField,
  fieldOf,
  isList,
  isMap,
  isNull,
  type PlainMap,
  setField,
  textOf,
  unshared,
} from './plain-data.ts';
import { compile } from './select-resources.ts';

/** A field that may be read and written. */
export interface Place {
  get(): unknown;
  set(value: unknown): void;
}

type Kind = 'map' | 'list' | 'scalar';

/** `spec.template.spec.containers.[name=app].env.0.value`: at the dots, but not within brackets. */
export function splitFieldPath(path: string): string[] {
  const parts = path
    .replaceAll('\\.', '\0')
    .split('.')
    .map((part) => part.replaceAll('\0', '.'));
  if (parts.length > 1 && parts[0] === '') parts.shift();
  const result: string[] = [];
  while (parts.length > 0) {
    let part = parts.shift() ?? '';
    if (part.startsWith('[') && !part.endsWith(']')) {
      while (parts.length > 0 && !part.endsWith(']')) part += `.${parts.shift()}`;
      result.push(part.includes('=') ? part : part.replaceAll(/^\[+|\]+$/g, ''));
    } else result.push(part);
  }
  return result;
}

/** The fields that a path leads to; with `create` it makes what is missing, up to a field of that kind. */
export function findFields(
  root: unknown,
  path: readonly string[],
  { create }: { create?: Kind },
  at?: string,
): Place[] {
  const place = { get: () => root, set: () => {} };
  return follow(place, path, create, at);
}

function follow(place: Place, path: readonly string[], create: Kind | undefined, at: string | undefined): Place[] {
  const [part, ...rest] = path;
  if (part === undefined) return [place];
  const node = place.get();
  if (isNull(node)) return [];
  if (!isMap(node) && !isList(node)) {
    throw unsupported(
      'a replacement reaches into a text',
      at,
      'Replace the whole field, or generate the text with a ConfigMap for each case.',
    );
  }
  if (/^\d+$/.test(part)) return followIndex(node, Number(part), rest, create, at);
  if (part.startsWith('[') && part.endsWith(']')) return followMatches(node, part.slice(1, -1), rest, create, at);
  if (part === '*')
    return listOf(node, at).flatMap((_, index) => follow(itemAt(listOf(node, at), index), rest, create, at));

  if (!isMap(node)) throw invalid(`a replacement looks for ${part} in a list`, at);
  if (!Object.hasOwn(node, part)) {
    if (!create) return [];
    const made = emptyFor(rest[0], create);
    if (made !== undefined) setField(node, part, made);
  }
  return follow(fieldAt(node, part), rest, create, at);
}

function followIndex(
  node: unknown,
  index: number,
  rest: readonly string[],
  create: Kind | undefined,
  at?: string,
): Place[] {
  const list = listOf(node, at);
  if (index === list.length && create) list.push(emptyFor(rest[0], create));
  if (index >= list.length) throw invalid(`a replacement looks for item ${index} of ${list.length}`, at);
  return follow(itemAt(list, index), rest, create, at);
}

/** `name=app`: a regular expression that need not match the whole value. */
function followMatches(
  node: unknown,
  test: string,
  rest: readonly string[],
  create: Kind | undefined,
  at?: string,
): Place[] {
  const list = listOf(node, at);
  const equals = test.indexOf('=');
  if (equals < 0) throw invalid(`[${test}] is not of the form [field=value]`, at);
  const [field, pattern] = [test.slice(0, equals), test.slice(equals + 1)];
  const compiled = compile(pattern);
  const find = (): Place[] =>
    list.flatMap((item, index) => {
      const value = field === '' ? item : fieldOf(item, field);
      if (value === undefined || !compiled.matcher(textOf(value)).find()) return [];
      return field === '' ? [itemAt(list, index)] : follow(itemAt(list, index), rest, create, at);
    });
  const found = find();
  if (found.length > 0 || !create) return found;
  list.push(field === '' ? pattern : { [field]: pattern });
  return find();
}

/** What is made on the way; a scalar only comes into being when it is set. */
function emptyFor(next: string | undefined, create: Kind): unknown {
  if (next !== undefined) return /^\d+$/.test(next) || (next.startsWith('[') && next.endsWith(']')) ? [] : {};
  if (create === 'scalar') return undefined;
  return create === 'list' ? [] : {};
}

function listOf(node: unknown, at: string | undefined): unknown[] {
  if (isList(node)) return node;
  throw invalid('a replacement looks for an item where there is no list', at);
}

function fieldAt(map: PlainMap, key: string): Place {
  return { get: () => unshared(fieldOf(map, key)), set: (value) => changeField(map, key, value) };
}

function itemAt(list: unknown[], index: number): Place {
  return {
    get: () => list[index],
    set: (value) => {
      list[index] = value;
    },
  };
}
