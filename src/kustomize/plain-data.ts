/** A YAML map as plain data. */
export type PlainMap = Record<string, unknown>;

/**
 * A key with nothing behind it (`emptyDir:`). It is written as null in the end, but a strategic merge that passes by
 * drops such a field and keeps one where `null` was spelled out.
 */
export const nothing: unique symbol = Symbol('nothing');

/**
 * A label or annotation that was written into several fields of one object at once. In kustomize these fields hold
 * the same node from then on: who changes one of them changes all.
 */
export class Shared {
  value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

export function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Shared);
}

export function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

/** Absent, null, or a key with nothing behind it. */
export function isNull(value: unknown): value is undefined | null | typeof nothing {
  return value === undefined || value === null || value === nothing;
}

export function isEmpty(value: unknown): boolean {
  if (isNull(value)) return true;
  return isList(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
}

/** The text of a scalar, as it would stand in the file; empty for lists, maps and what is not there. */
export function textOf(value: unknown): string {
  if (value instanceof Shared) return textOf(value.value);
  if (value === null) return 'null';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A field's value; never one that every object inherits. */
export function fieldOf(map: unknown, key: string): unknown {
  return isMap(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Sets a field of a map of foreign keys: `__proto__` is a name like any other. */
export function setField(map: PlainMap, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

/** Sets a field, and with it those that share its value. */
export function changeField(map: PlainMap, key: string, value: unknown): void {
  const old = fieldOf(map, key);
  if (!(old instanceof Shared)) setField(map, key, value);
  else if (old !== value) old.value = value;
}

export function unshared(value: unknown): unknown {
  return value instanceof Shared ? value.value : value;
}

export function copyOf<T>(value: T): T;
export function copyOf(value: unknown): unknown {
  if (isList(value)) return value.map((item) => copyOf(item));
  if (!isMap(value)) return unshared(value);
  const copy: PlainMap = {};
  for (const key of Object.keys(value)) setField(copy, key, copyOf(value[key]));
  return copy;
}

/** The same data with real nulls and nothing shared, as it is handed to others. */
export function withNulls(value: unknown): unknown {
  if (value === nothing) return null;
  if (value instanceof Shared) return withNulls(value.value);
  if (isList(value)) return value.map((item) => withNulls(item));
  if (!isMap(value)) return value;
  const copy: PlainMap = {};
  for (const key of Object.keys(value)) setField(copy, key, withNulls(value[key]));
  return copy;
}
