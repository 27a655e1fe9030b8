import { invalid } from './kustomize-error.ts';
import { copyOf, fieldOf, isList, isMap, isNull, type PlainMap, setField } from './plain-data.ts';

type Container = PlainMap | unknown[];

/**
 * Applies the operations of RFC 6902 with the habits of the library that kustomize uses: `replace` of an absent key
 * adds it, and `-1` is the last index of a list. Returns the new object; the argument is used up.
 */
export function applyJsonPatch(object: PlainMap, operations: readonly PlainMap[]): PlainMap {
  const root = { object };
  for (const operation of operations) applyOne(root, operation);
  return root.object;
}

function applyOne(root: { object: PlainMap }, operation: PlainMap): void {
  const op = fieldOf(operation, 'op');
  const path = pathOf(operation, 'path');
  const value = (): unknown => copyOf(fieldOf(operation, 'value') ?? null);

  if (path === '' && op === 'replace') {
    const whole = value();
    if (!isMap(whole)) throw invalid('a JSON patch replaces a whole object by something that is no map');
    root.object = whole;
    return;
  }
  if (path === '' && op === 'test') {
    if (!sameJson(root.object, value())) throw failed('test', path);
    return;
  }
  switch (op) {
    case 'add':
      return add(root.object, path, value());
    case 'remove':
      remove(root.object, path);
      return;
    case 'replace':
      return replace(root.object, path, value());
    case 'move':
      return add(root.object, path, remove(root.object, pathOf(operation, 'from')));
    case 'copy':
      return add(root.object, path, copyOf(get(root.object, pathOf(operation, 'from'), 'copy') ?? null));
    case 'test':
      if (!sameJson(get(root.object, path, 'test') ?? null, value())) throw failed('test', path);
      return;
    default:
      throw invalid(
        `a JSON patch has the operation ${JSON.stringify(op ?? null)}`,
        undefined,
        'RFC 6902 knows add, remove, replace, move, copy, test.',
      );
  }
}

function add(object: PlainMap, path: string, value: unknown): void {
  const [container, key] = find(object, path, 'add');
  if (isMap(container)) setField(container, key, value);
  else if (key === '-') container.push(value);
  else container.splice(indexOf(key, container.length + 1, 'add', path), 0, value);
}

function replace(object: PlainMap, path: string, value: unknown): void {
  const [container, key] = find(object, path, 'replace');
  if (isMap(container)) setField(container, key, value);
  else container[indexOf(key, container.length, 'replace', path)] = value;
}

function remove(object: PlainMap, path: string): unknown {
  const [container, key] = find(object, path, 'remove');
  if (!isMap(container)) return container.splice(indexOf(key, container.length, 'remove', path), 1)[0];
  if (!Object.hasOwn(container, key)) throw failed('remove', path);
  const old = container[key];
  delete container[key];
  return old;
}

function get(object: PlainMap, path: string, op: string): unknown {
  const [container, key] = find(object, path, op);
  return isMap(container) ? fieldOf(container, key) : container[indexOf(key, container.length, op, path)];
}

/** The map or list that holds the last part of a pointer. What stands before the first slash does not count. */
function find(object: PlainMap, path: string, op: string): [Container, string] {
  const parts = path.split('/').slice(1).map(unescape);
  const key = parts.pop();
  if (key === undefined) throw failed(op, path);

  let container: Container = object;
  for (const part of parts) {
    const next: unknown = isMap(container)
      ? fieldOf(container, part)
      : container[indexOf(part, container.length, op, path)];
    if (!isMap(next) && !isList(next)) throw failed(op, path);
    container = next;
  }
  return [container, key];
}

function indexOf(key: string, length: number, op: string, path: string): number {
  if (!/^[+-]?\d+$/.test(key)) throw failed(op, path);
  const index = Number(key) < 0 ? Number(key) + length : Number(key);
  if (index < 0 || index >= length) throw failed(op, path);
  return index;
}

function unescape(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function pathOf(operation: PlainMap, field: 'path' | 'from'): string {
  const path = fieldOf(operation, field);
  if (typeof path !== 'string') throw invalid(`an operation of a JSON patch has no ${field}`);
  return path;
}

function failed(op: unknown, path: string): Error {
  return invalid(`a JSON patch cannot ${String(op)} ${JSON.stringify(path)}: there is nothing, or something else`);
}

function sameJson(left: unknown, right: unknown): boolean {
  if (isNull(left) || isNull(right)) return isNull(left) && isNull(right);
  if (isList(left)) {
    return isList(right) && left.length === right.length && left.every((item, index) => sameJson(item, right[index]));
  }
  if (!isMap(left)) return left === right;
  if (!isMap(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
}
