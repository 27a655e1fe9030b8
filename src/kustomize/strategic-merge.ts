import { invalid } from './kustomize-error.ts';
import { type MergeList, type MergeType, mergeTypeOf } from './merge-keys.ts';
import { mergeKeyedList } from './merge-list.ts';
import { changeField, fieldOf, isList, isMap, isNull, nothing, type PlainMap, textOf } from './plain-data.ts';

/**
 * The object after a strategic merge patch; undefined where the patch deletes it. Both arguments are used up.
 * It follows kustomize's merge, which differs from the API server's: items of a patch come first in lists, repeated
 * items collapse, and a key without a value disappears.
 */
export function strategicMerge(target: PlainMap, patch: PlainMap): PlainMap | undefined {
  const merged = mergeNodes(target, patch, undefined, undefined);
  return isMap(merged) ? merged : undefined;
}

/** What stays of a field: undefined means that it goes, null that a written null stays. */
function mergeNodes(
  target: unknown,
  patch: unknown,
  known: MergeType | undefined,
  list: MergeList | undefined,
): unknown {
  const first = isNull(target) ? patch : target;
  if (isNull(first) || isMap(first)) {
    expectSame(isMap, target, patch);
    return mergeMaps(target, patch, known ?? typeOf(target) ?? typeOf(patch));
  }
  if (isList(first)) {
    expectSame(isList, target, patch);
    return list ? mergeLists(target, patch, list) : patch === undefined ? target : unlessNull(patch);
  }
  expectSame(isScalar, target, patch);
  return patch === undefined ? target : unlessNull(patch);
}

function mergeMaps(target: unknown, patch: unknown, type: MergeType | undefined): unknown {
  const merged = mergedMap(target, patch);
  if (!isMap(merged)) return merged;

  for (const key of new Set([...Object.keys(merged), ...(isMap(patch) ? Object.keys(patch) : [])].toSorted())) {
    const value = mergeNodes(fieldOf(merged, key), fieldOf(patch, key), type?.fields?.[key], type?.lists?.[key]);
    if (value === undefined) delete merged[key];
    else changeField(merged, key, value);
  }
  return merged;
}

/** The map to go on with: the target's, the patch's, or none. */
function mergedMap(target: unknown, patch: unknown): unknown {
  if (isNull(target)) {
    const directive = takeDirective(patch, () => 'merge');
    if (directive === 'delete') return undefined;
    if (patch === undefined && target === null) return null;
    return unlessNull(patch);
  }
  if (patch === undefined) return target;
  if (isNull(patch)) return undefined;

  const directive = takeDirective(patch, refuse);
  if (directive === 'delete') return undefined;
  return directive === 'replace' ? patch : target;
}

function mergeLists(target: unknown, patch: unknown, type: MergeList): unknown {
  const merge = (into: unknown[], from: unknown[] | undefined): unknown[] =>
    mergeKeyedList(into, from, type.keys, (old, item) => mergeNodes(old, item, type.items, undefined));

  if (!isList(target)) return isList(patch) ? merge(patch, patch) : undefined;
  if (patch === undefined) return merge(target, undefined);
  if (!isList(patch)) return undefined;

  const directive = takeListDirective(patch);
  if (directive === 'delete') return undefined;
  return merge(directive === 'replace' ? patch : target, patch);
}

/** Reads `$patch` of a map and removes it. */
function takeDirective(patch: unknown, otherwise: (word: string) => string): string {
  const word = fieldOf(patch, '$patch');
  if (word === undefined || !isMap(patch)) return 'merge';
  const directive = textOf(word);
  if (!['delete', 'replace', 'merge'].includes(directive)) return otherwise(directive);
  delete patch['$patch'];
  return directive;
}

/** Reads `- $patch: replace` of a list and removes that item; one with more keys belongs to the item. */
function takeListDirective(patch: unknown[]): string {
  const index = patch.findIndex((item) => fieldOf(item, '$patch') !== undefined);
  const item = patch[index];
  if (!isMap(item) || Object.keys(item).length > 1) return 'merge';
  const directive = textOf(item['$patch']);
  if (!['delete', 'replace', 'merge'].includes(directive)) return refuse(directive);
  for (let at = patch.length - 1; at >= 0; at -= 1) {
    if (textOf(fieldOf(patch[at], '$patch')) === directive) patch.splice(at, 1);
  }
  return directive;
}

function refuse(word: string): string {
  throw invalid(`a patch says "$patch: ${word}"`, undefined, 'kustomize knows "delete", "replace" and "merge".');
}

function typeOf(value: unknown): MergeType | undefined {
  const apiVersion = textOf(fieldOf(value, 'apiVersion'));
  const kind = textOf(fieldOf(value, 'kind'));
  return apiVersion && kind ? mergeTypeOf(apiVersion, kind) : undefined;
}

function unlessNull(value: unknown): unknown {
  return value === null || value === nothing ? undefined : value;
}

function isScalar(value: unknown): boolean {
  return !isMap(value) && !isList(value);
}

function expectSame(is: (value: unknown) => boolean, target: unknown, patch: unknown): void {
  if ((isNull(target) || is(target)) && (isNull(patch) || is(patch))) return;
  throw invalid(`a patch puts ${describe(patch)} where the object has ${describe(target)}`);
}

function describe(value: unknown): string {
  if (isMap(value)) return 'a map';
  return isList(value) ? 'a list' : 'a single value';
}
