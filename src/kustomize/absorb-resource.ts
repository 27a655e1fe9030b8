import { isOddKey } from './go-scalar.ts';
import { invalid } from './kustomize-error.ts';
import { fieldOf, isMap, type PlainMap, setField, textOf } from './plain-data.ts';
import { describeId } from './resource-id.ts';
import type { ResourceList } from './resource-list.ts';
import type { Resource } from './resource.ts';

/** Takes in what a generator made: as a new object, or merged into or in place of the one that has its id. */
export function absorbResource(resources: ResourceList, made: Resource, at: string | undefined): void {
  const matches = resources.withId(made.id);
  const [old] = matches;
  if (!old) {
    if (made.behavior === 'merge' || made.behavior === 'replace') {
      throw invalid(`there is no ${describeId(made.id)} that a generator could ${made.behavior}`, at);
    }
    resources.append(made);
    return;
  }
  if (matches.length > 1)
    throw invalid(
      `a generator could ${made.behavior ?? 'replace'} several objects that were ${describeId(made.id)}`,
      at,
    );
  if (made.behavior !== 'merge' && made.behavior !== 'replace') {
    throw invalid(
      `${describeId(made.id)} is there already`,
      at,
      'Say behavior: merge or behavior: replace, or give it another name.',
    );
  }

  if (made.behavior === 'merge') {
    mergeData(made.value, old.value, 'data');
    mergeData(made.value, old.value, 'binaryData');
  }
  takeOverMetadata(made, old);
  resources.replace(old, made);
}

/** Name and namespace of the old one; labels and annotations of both. */
function takeOverMetadata(made: Resource, old: Resource): void {
  const { metadata } = made;
  setOrRemove(metadata, 'labels', { ...texts(old.metadata['labels']), ...texts(metadata['labels']) });
  setOrRemove(metadata, 'annotations', { ...texts(old.metadata['annotations']), ...texts(metadata['annotations']) });
  metadata['name'] = old.metadata['name'];
  if (old.namespace === '') delete metadata['namespace'];
  else metadata['namespace'] = old.namespace;
  Object.assign(made, {
    previous: old.previous,
    prefixes: old.prefixes,
    suffixes: old.suffixes,
    behavior: old.behavior,
    generated: old.generated,
    needsHash: old.needsHash && made.needsHash,
  });
}

function mergeData(made: PlainMap, old: PlainMap, field: string): void {
  setOrRemove(made, field, { ...texts(fieldOf(old, field)), ...texts(fieldOf(made, field)) });
}

function setOrRemove(map: PlainMap, field: string, value: PlainMap): void {
  if (Object.keys(value).length > 0) map[field] = value;
  else delete map[field];
}

function texts(value: unknown): PlainMap {
  const result: PlainMap = {};
  for (const key of isMap(value) ? Object.keys(value) : []) {
    if (isOddKey(key)) throw invalid(`kustomize cannot merge the key ${key}`);
    setField(result, key, textOf(fieldOf(value, key)));
  }
  return result;
}
