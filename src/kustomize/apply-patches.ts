import { BerthError } from '../errors.ts';
import type { YamlFile } from '../yaml/types.ts';
import { applyJsonPatch } from './json-patch.ts';
import type { Patch } from './kustomization-of.ts';
import { invalid } from './kustomize-error.ts';
import { copyOf, fieldOf, isList, isMap, isNull, type PlainMap, setField, textOf, withNulls } from './plain-data.ts';
import { readResources, valueOf } from './read-resources.ts';
import { describeId } from './resource-id.ts';
import type { ResourceList } from './resource-list.ts';
import type { Resource } from './resource.ts';
import { selectResources } from './select-resources.ts';
import { strategicMerge } from './strategic-merge.ts';

export interface PatchContext {
  /** Where the patch is named. */
  at: string;
  load: (path: string) => string;
  read: (text: string, path?: string) => YamlFile;
}

/** One item of `patches`: a strategic merge or RFC 6902, inline or in a file, for whom it names or for its target. */
export function applyPatch(resources: ResourceList, patch: Patch, context: PatchContext): void {
  const inline = (patch.patch ?? '').trim();
  if (inline !== '' && patch.path) throw invalid('a patch has both patch and path', context.at);
  if (inline === '' && !patch.path) throw invalid('a patch has neither patch nor path', context.at);
  const text = patch.path ? context.load(patch.path) : inline;
  const operations = jsonOperations(text, patch.path, context);
  if (operations) {
    if (!patch.target)
      throw invalid('a JSON patch has no target', context.at, 'Say for whom it is: target: {kind: …, name: …}.');
    applyOperations(resources, selectResources(resources.items, patch.target), operations, context.at, true);
    return;
  }

  const merges = readMerges(text, patch.path, context);
  if (!patch.target) {
    for (const merge of merges)
      applyMerge(resources, [namedBy(resources, merge, context.at)], merge, patch, context.at);
    return;
  }
  const [merge, ...more] = merges;
  if (more.length > 0)
    throw invalid('a patch with a target has several documents', context.at, 'Make an item of patches from each.');
  if (!merge) return;
  applyMerge(resources, selectResources(resources.items, patch.target), asTargeted(merge), patch, context.at);
}

/** One item of `patchesStrategicMerge`: YAML, or the path of a file with YAML. */
export function applyStrategicPatch(resources: ResourceList, item: string, context: PatchContext): void {
  const inline = /[:\n{]/.test(item);
  const merges = readMerges(inline ? item : context.load(item), inline ? undefined : item, context);
  for (const merge of merges) {
    applyMerge(resources, [namedBy(resources, merge, context.at)], asTargeted(merge), {}, context.at);
  }
}

/** One item of `patchesJson6902`. */
export function applyOldJsonPatch(
  resources: ResourceList,
  { target, path, patch }: Patch,
  context: PatchContext,
): void {
  if (!target?.name) throw invalid('an item of patchesJson6902 must name its target', context.at);
  if (path && patch) throw invalid('an item of patchesJson6902 has both patch and path', context.at);
  const text = path ? context.load(path) : (patch ?? '');
  const operations = text === '' ? undefined : jsonOperations(text, path, context);
  if (!operations || operations.length === 0) throw invalid('an item of patchesJson6902 has no operations', context.at);
  applyOperations(resources, selectResources(resources.items, target), operations, context.at, false);
}

/** The operations of a JSON patch; undefined where the text is none. */
function jsonOperations(text: string, path: string | undefined, context: PatchContext): PlainMap[] | undefined {
  const value = text.startsWith('[') ? parseJson(text, context.at) : firstValue(context.read(text, path), context.at);
  if (!isList(value)) return undefined;
  return value.map((operation) => {
    if (isMap(operation)) return operation;
    throw invalid('an operation of a JSON patch is no map', context.at);
  });
}

function parseJson(text: string, at: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(
      'a patch that begins with [ is no JSON',
      at,
      'Write the list of operations with a dash on each line.',
    );
  }
}

function firstValue(yaml: YamlFile, at: string): unknown {
  const [problem] = yaml.problems;
  if (problem) throw invalid(`a patch is no YAML: ${problem.message}`, at, problem.hint);
  const [first] = yaml.documents;
  return first && isList(first.value) ? valueOf(first, yaml.text, 'yaml 1.1', at) : undefined;
}

function readMerges(text: string, path: string | undefined, context: PatchContext): Resource[] {
  return readResources(context.read(text, path), 'patch', path === undefined ? context.at : undefined);
}

function namedBy(resources: ResourceList, patch: Resource, at: string): Resource {
  const [target, ...more] = resources.withId(patch.id);
  if (target && more.length === 0) return target;
  throw invalid(
    `${target ? 'more than one object is' : 'there is no'} ${describeId(patch.id)} for a patch`,
    at,
    'apiVersion, kind, name and namespace of a patch without a target must be those of its object.',
  );
}

/**
 * kustomize rewrites labels and annotations of a patch that it applies to several objects: they become texts, so a
 * null in them sets "null" and removes nothing.
 */
function asTargeted(patch: Resource): Resource {
  const copy = patch.copy();
  const { metadata } = copy;
  for (const field of ['labels', 'annotations']) {
    const old = metadata[field];
    const texts: PlainMap = {};
    for (const key of isMap(old) ? Object.keys(old) : []) {
      const written = field === 'labels' ? patch.labelTexts.get(key) : undefined;
      setField(texts, key, written ?? textOf(fieldOf(old, key)));
    }
    if (Object.keys(texts).length > 0) metadata[field] = texts;
    else delete metadata[field];
  }
  return copy;
}

function applyMerge(
  resources: ResourceList,
  targets: readonly Resource[],
  patch: Resource,
  { options = {} }: Patch,
  at: string,
): void {
  const deleted = new Set<Resource>();
  const renames = Boolean(options.allowNameChange || options.allowKindChange);
  for (const target of targets) {
    if (!located(at, () => mergeInto(target, patch, options))) deleted.add(target);
  }
  if (deleted.size > 0) resources.set(resources.items.filter((resource) => !deleted.has(resource)));
  if (!renames) return;
  resources.idsChanged();
  resources.expectUnique('a patch makes two objects one');
}

// A key that no manifest has: where it is gone after a patch, so are the notes that kustomize keeps in annotations.
const mark = '\0notes';

/** False where the patch deletes the object. */
function mergeInto(target: Resource, patch: Resource, options: NonNullable<Patch['options']>): boolean {
  const { kind } = target.value;
  const { name, namespace } = target.metadata;
  if (options.allowNameChange || options.allowKindChange) target.rememberId();
  if (target.hasNotes) annotationsOf(target)[mark] = '';

  const merged = strategicMerge(target.value, { ...copyOf(patch.value), apiVersion: target.value['apiVersion'] });
  if (!merged) return false;
  target.value = merged;
  if (!isMap(merged['metadata'])) merged['metadata'] = {};
  if (!options.allowKindChange) merged['kind'] = kind;
  const { metadata } = target;
  if (!options.allowNameChange) metadata['name'] = name;
  if (isNull(namespace)) delete metadata['namespace'];
  else metadata['namespace'] = namespace;

  if (target.hasNotes) {
    const annotations = fieldOf(metadata, 'annotations');
    if (isMap(annotations) && Object.hasOwn(annotations, mark)) delete annotations[mark];
    else target.forget();
  }
  return true;
}

function applyOperations(
  resources: ResourceList,
  targets: readonly Resource[],
  operations: readonly PlainMap[],
  at: string,
  remembers: boolean,
): void {
  for (const target of targets) {
    if (remembers) target.rememberId();
    if (target.hasNotes) annotationsOf(target);
    // Through JSON and back: every null is spelled out then, and nothing is shared any more.
    const value = withNulls(target.value) as PlainMap;
    target.value = located(at, () => applyJsonPatch(value, operations));
    if (target.hasNotes && !isMap(target.value['metadata'])) target.value['metadata'] = {};
  }
  resources.idsChanged();
}

/** The annotations of an object, made where there are none. */
function annotationsOf(resource: Resource): PlainMap {
  const { metadata } = resource;
  const old = fieldOf(metadata, 'annotations');
  if (isMap(old)) return old;
  const made: PlainMap = {};
  metadata['annotations'] = made;
  return made;
}

/** Gives an error that knows no place the place of the patch. */
function located<T>(at: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof BerthError) || error.at !== undefined) throw error;
    throw new BerthError(error.code, error.message, { at, cause: error, ...(error.hint ? { hint: error.hint } : {}) });
  }
}
