import { invalid } from './kustomize-error.ts';
import { fieldOf, isEmpty, isList, isMap, isNull, textOf } from './plain-data.ts';

/**
 * Merges two lists item by item. `target` is changed and returned; it may be the very list that `patch` is (then a
 * patch adds it). The steps are kustomize's own, odd ones included: what an item without a key does to its neighbours
 * is not what anyone would design, but it is what gets applied.
 */
export function mergeKeyedList(
  target: unknown[],
  patch: unknown[] | undefined,
  mergeKeys: readonly string[],
  mergeItem: (target: unknown, patch: unknown) => unknown,
): unknown[] {
  const scalars = mergeKeys.length === 0;
  const keys = scalars ? [''] : mergeKeys;
  const sources = patch === undefined ? [target] : [patch, target];
  const values = scalars ? scalarValues(sources) : keyValues(sources, keys);
  if (keys.length > 1) fillGaps(values);

  const merged: unknown[] = [];
  let used: string[] = [...keys];
  for (const value of values) {
    const valid = validKeys(values, value, keys);
    used = valid.keys;
    const own = validKeys([valid.values], valid.values, valid.keys);
    const item = mergeItem(
      findItem(target, own.keys, own.values),
      patch === undefined ? undefined : findItem(patch, own.keys, own.values),
    );
    if (isNull(item) || (isMap(item) && isEmpty(item))) {
      setItem(target, undefined, valid.keys, valid.values);
      continue;
    }
    for (const [index, key] of valid.keys.entries()) {
      const text = valid.values[index] ?? '';
      if (!isMap(item) || fieldOf(item, key) !== undefined || text === '') continue;
      item[key] = /^-?\d+$/.test(text) ? Number(text) : text;
    }
    setItem(merged, item, valid.keys, valid.values);
  }
  if (values.length === 0) return target;
  appendItems(merged, target, used);
  return merged;
}

/** The patch's first, then the target's that were not there yet: this is the order of the result. */
function keyValues(sources: readonly unknown[][], keys: readonly string[]): string[][] {
  const seen = new Set<string>();
  const values: string[][] = [];
  for (const item of sources.flat()) {
    const value = keys.map((key) => (isEmpty(fieldOf(item, key)) ? '' : textOf(fieldOf(item, key))));
    const id = JSON.stringify(value);
    if (seen.has(id)) continue;
    seen.add(id);
    values.push(value);
  }
  return values;
}

function scalarValues(sources: readonly unknown[][]): string[][] {
  return [...new Set(sources.flat().map(textOf))].map((value) => [value]);
}

/** Of two ports with one number, one without a protocol, both mean the same. */
function fillGaps(values: string[][]): void {
  for (let i = 0; i < values.length; i += 1) {
    const left = values[i] ?? [];
    for (let j = 0; j < values.length; j += 1) {
      const both = sameButForGaps(left, values[j] ?? []);
      if (both) [values[i], values[j]] = [both, both];
    }
  }
}

function sameButForGaps(left: readonly string[], right: readonly string[]): string[] | undefined {
  if (left.length !== right.length || !left.some((value, index) => value === right[index])) return undefined;
  if (left.some((value, index) => value !== right[index] && value !== '' && right[index] !== '')) return undefined;
  return left.map((value, index) => value || (right[index] ?? ''));
}

/** Leaves out the keys that no item gives. */
function validKeys(
  all: readonly (readonly string[])[],
  values: readonly string[],
  keys: readonly string[],
): { keys: string[]; values: string[] } {
  const given = new Set(all.flatMap((one) => keys.filter((_, index) => (one[index] ?? '') !== '')));
  if (given.size === 0) return { keys: [...keys], values: [...values] };
  return {
    keys: keys.filter((key) => given.has(key)),
    values: values.filter((value, index) => value !== '' || given.has(keys[index] ?? '')),
  };
}

function findItem(list: readonly unknown[], keys: readonly string[], values: readonly string[]): unknown {
  if (keys[0] === '') return list.find((item) => textOf(item) === values[0]);
  return list.find(
    (item) =>
      isMap(item) &&
      keys.every((key, index) => fieldOf(item, key) !== undefined && textOf(fieldOf(item, key)) === values[index]),
  );
}

/** Puts an item in the place of those that match; at the end where none does; without an item they go. */
function setItem(list: unknown[], item: unknown, keys: readonly string[], values: readonly string[]): void {
  const byFields = keys[0] !== '' && (values[0] ?? '') !== '';
  let found = false;
  const kept: unknown[] = [];
  for (const old of list) {
    if (isNull(old) || (isMap(old) && isEmpty(old))) continue;
    if (!isMap(old) && byFields) kept.push(old);
    else if (matches(old, keys, values)) {
      found = true;
      if (item !== undefined) kept.push(item);
    } else if (values.length > 0) kept.push(old);
  }
  if (!found && !isNull(item)) kept.push(item);
  list.splice(0, list.length, ...kept);
}

function matches(item: unknown, keys: readonly string[], values: readonly string[]): boolean {
  let last = false;
  return keys.every((key, index) => {
    if (index < values.length) last = matchesOne(item, key, values[index] ?? '');
    return last;
  });
}

/** An empty value matches any. */
function matchesOne(item: unknown, key: string, value: string): boolean {
  if (key === '') {
    if (isMap(item) || isList(item))
      throw invalid('a list that is merged as a set has an item that is no single value');
    return textOf(item) === value;
  }
  if (!isMap(item)) throw invalid(`a list that is merged by "${key}" has an item that is no map`);
  const field = fieldOf(item, key);
  return field !== undefined && (value === '' || textOf(field) === value);
}

function appendItems(list: unknown[], items: readonly unknown[], keys: readonly string[]): void {
  for (const item of items) {
    if (keys[0] === '') {
      setItem(list, item, [''], [textOf(item)]);
      continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      if (!isNull(item) && !isMap(item)) throw invalid(`a list that is merged by "${key}" has an item that is no map`);
      const field = fieldOf(item, key);
      if (field === undefined) list.push(item);
      else values.push(textOf(field));
    }
    if (keys.length > 1) setItem(list, undefined, keys, values);
    setItem(list, item, keys, values);
  }
}
