import type { PatchContext } from './apply-patches.ts';
import { decode } from './decode-kustomization.ts';
import { findFields, type Place, splitFieldPath } from './field-places.ts';
import { replacementShape } from './kustomization-fields.ts';
import { invalid, unsupported } from './kustomize-error.ts';
import { copyOf, isEmpty, isList, isMap, textOf } from './plain-data.ts';
import { effectiveNamespace, selectsKind } from './resource-id.ts';
import type { ResourceList } from './resource-list.ts';
import type { Resource } from './resource.ts';
import { type Selector, selectByMetadata, wholeMatcher } from './select-resources.ts';

interface FieldOptions {
  delimiter?: string;
  index?: number;
  create?: boolean;
}

interface Source extends Selector {
  fieldPath?: string;
  options?: FieldOptions;
}

interface Target {
  select?: Selector;
  reject?: Selector[];
  fieldPaths?: string[];
  options?: FieldOptions;
}

/** An item of `replacements`: inline, or the path of a file with one or several. */
export interface Replacement {
  path?: string;
  sourceValue?: string;
  source?: Source;
  targets?: Target[];
}

/** Copies a value from one object into fields of others. */
export function replaceFields(resources: ResourceList, replacement: Replacement, context: PatchContext): void {
  const { at } = context;
  if (replacement.path && (replacement.source || (replacement.targets ?? []).length > 0)) {
    throw invalid('a replacement has both a path and a source or targets', at);
  }
  const all = replacement.path ? loadReplacements(replacement.path, context) : [replacement];
  for (const one of all) applyReplacement(resources.items, one, at);
  resources.idsChanged();
}

function loadReplacements(path: string, { load, read, at }: PatchContext): Replacement[] {
  const yaml = read(load(path), path);
  const [problem] = yaml.problems;
  if (problem) throw invalid(problem.message, problem.position, problem.hint);
  const value = yaml.documents[0]?.value;
  const source = { at: () => at, written: () => '', quotes: () => true };
  return (isList(value) ? value : [value]).map((item) => decode(item, replacementShape, source) as Replacement);
}

function applyReplacement(
  resources: readonly Resource[],
  { source, sourceValue, targets }: Replacement,
  at: string,
): void {
  if ((!source && sourceValue === undefined) || !targets)
    throw invalid('a replacement needs a source and at least one target', at);
  if (source && sourceValue !== undefined) throw invalid('a replacement has both a source and a sourceValue', at);
  const value = source ? sourceOf(resources, source, at) : sourceValue;
  for (const target of targets) {
    if (!target.select) throw invalid('a target of a replacement selects nothing', at);
    for (const resource of resources.filter((one) => isTarget(one, target))) writeValue(resource, value, target, at);
  }
}

function sourceOf(resources: readonly Resource[], source: Source, at: string): unknown {
  const matches = resources.filter((resource) =>
    [resource.id, ...resource.previousIds].some(
      (id) =>
        (!source.name || source.name === id.name) &&
        (!source.namespace || effectiveNamespace({ ...id, namespace: source.namespace }) === effectiveNamespace(id)) &&
        selectsKind(source, id),
    ),
  );
  const [found, ...more] = matches;
  if (!found || more.length > 0) {
    throw invalid(`the source of a replacement is ${found ? 'not the only one of its kind' : 'not there'}`, at);
  }

  const path = source.fieldPath || 'metadata.name';
  const places = findFields(found.value, splitFieldPath(path), {});
  const value = places[0]?.get();
  if (isEmpty(value)) throw invalid(`the source of a replacement has no ${path}`, at);
  if (typeof value === 'number' && !Number.isInteger(value)) {
    throw unsupported(
      `a replacement takes ${path}, a number with a fraction`,
      at,
      'Write it in quotes in both places.',
    );
  }
  return refined(value, source.options, at);
}

function refined(value: unknown, { delimiter, index = 0 }: FieldOptions = {}, at?: string): unknown {
  if (!delimiter) return value;
  if (isMap(value) || isList(value)) throw invalid('a delimiter is for texts only', at);
  const part = textOf(value).split(delimiter)[index];
  if (part === undefined) throw invalid(`the source of a replacement has no part ${index}`, at);
  return part;
}

/** Every id that an object has or had may be selected, and rejected. */
function isTarget(resource: Resource, { select = {}, reject = [] }: Target): boolean {
  if (!selectByMetadata(select)(resource)) return false;
  const byMetadata = reject.filter(({ annotationSelector, labelSelector }) => annotationSelector || labelSelector);
  if (byMetadata.some((selector) => selectByMetadata(selector)(resource))) return false;
  const ids = [resource.id, ...resource.previousIds];
  const matches = (selector: Selector): boolean =>
    ids.some((id) =>
      (['group', 'version', 'kind', 'name', 'namespace'] as const).every((part) =>
        wholeMatcher(selector[part])(id[part]),
      ),
    );
  const byId = reject.filter(
    ({ group, version, kind, name, namespace }) => group || version || kind || name || namespace,
  );
  return matches(select) && !byId.some(matches);
}

function writeValue(resource: Resource, value: unknown, { fieldPaths = [], options = {} }: Target, at: string): void {
  for (const path of fieldPaths.length > 0 ? fieldPaths : ['metadata.name']) {
    const kind = isMap(value) ? 'map' : isList(value) ? 'list' : 'scalar';
    const places = findFields(resource.value, splitFieldPath(path), options.create ? { create: kind } : {}, at);
    if (places.length === 0)
      throw invalid(`a target of a replacement has no ${path}`, at, 'Say options: {create: true}, or mend the path.');
    for (const place of places) place.set(newValue(place, value, options, at));
  }
}

/** A scalar keeps its type; what was created takes the one that its text looks like. */
function newValue(place: Place, value: unknown, { delimiter, index = 0 }: FieldOptions, at: string): unknown {
  const old = place.get();
  let next = value;
  if (delimiter) {
    if (isMap(old) || isList(old)) throw invalid('a delimiter is for texts only', at);
    const parts = old === undefined ? [''] : textOf(old).split(delimiter);
    if (index < 0) parts.unshift(textOf(value));
    else if (index >= parts.length) parts.push(textOf(value));
    else parts[index] = textOf(value);
    next = parts.join(delimiter);
  }
  if (isMap(old) || isList(old)) return copyOf(next);
  if (old === undefined) return isMap(next) || isList(next) ? copyOf(next) : plainValue(textOf(next));
  if (typeof old === 'string') return textOf(next);
  const typed = plainValue(textOf(next));
  if (typeof typed === typeof old && old !== null) return typed;
  throw unsupported('a replacement would change the type of a field', at, 'Make both sides a text or both a number.');
}

function plainValue(text: string): unknown {
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(text)) return text.toLowerCase() === 'true';
  if (/^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return Number(text);
  return /^(?:~|null|Null|NULL|)$/.test(text) ? null : text;
}
