import { readYaml } from '../yaml/read-yaml.ts';
import { Accumulation } from './accumulate.ts';
import { fixReferences } from './fix-references.ts';
import type { ReadYaml } from './kustomization-of.ts';
import { invalid } from './kustomize-error.ts';
import { nameHash } from './name-hash.ts';
import { fieldOf, isMap, type PlainMap, setField, textOf, withNulls } from './plain-data.ts';
import type { ResourceList } from './resource-list.ts';
import type { Resource } from './resource.ts';
import { sortResources } from './sort-resources.ts';

/** An object that a kustomization makes, and where it was written. */
export interface BuiltObject {
  readonly value: Record<string, unknown>;
  /** The manifest; for an object that is generated its kustomization. */
  readonly file: string;
  /** Which document of the file, from 0. */
  readonly document: number;
}

/**
 * What `kustomize build` makes of a directory, in its order. `read` may remember what it has read; files are given by
 * their paths from the root of the repository.
 */
export function buildKustomization(
  files: ReadonlyMap<string, string>,
  directory: string,
  read: ReadYaml = readYaml,
): { objects: readonly BuiltObject[] } {
  const { resources, kustomization } = new Accumulation(files, read).run(directory);
  addHashes(resources);
  fixReferences(resources.items);
  resources.set(resources.items.filter((resource) => expectNamed(resource, kustomization.file) && !isLocal(resource)));
  resources.expectUnique('two objects have become one', kustomization.file);
  const sorted = sortResources(resources.items, kustomization.value.sortOptions, kustomization.at(['sortOptions']));
  return { objects: sorted.map(builtObject) };
}

function addHashes(resources: ResourceList): void {
  for (const resource of resources.items) {
    if (!resource.needsHash) continue;
    const hash = nameHash(resource);
    resource.rememberId();
    resource.metadata['name'] = `${resource.name}-${hash}`;
  }
  resources.idsChanged();
}

/** Patches may have taken away what makes an object one. */
function expectNamed({ id, kind, origin }: Resource, at: string): boolean {
  if (kind !== '' && (id.name !== '' || kind.endsWith('List'))) return true;
  throw invalid(`an object of ${origin.file} has ${kind === '' ? 'no kind' : 'no name'} any more`, at);
}

/** Configuration for tools, which stays out of the cluster. */
function isLocal({ metadata }: Resource): boolean {
  const local = fieldOf(fieldOf(metadata, 'annotations'), 'config.kubernetes.io/local-config');
  return local !== undefined && textOf(local) !== 'false';
}

// Annotations by which kustomize and its relatives keep notes; they do not leave the build.
const notes = new Set([
  'alpha.config.kubernetes.io/transformations',
  'config.k8s.io/id',
  'config.kubernetes.io/index',
  'config.kubernetes.io/origin',
  'config.kubernetes.io/path',
]);

function builtObject({ value, origin }: Resource): BuiltObject {
  const metadata = fieldOf(value, 'metadata');
  if (isMap(metadata) && Object.hasOwn(metadata, 'annotations')) {
    const annotations = publicAnnotations(metadata['annotations']);
    if (Object.keys(annotations).length > 0) metadata['annotations'] = annotations;
    else delete metadata['annotations'];
  }
  return { value: withNulls(value) as PlainMap, file: origin.file, document: origin.document };
}

function publicAnnotations(annotations: unknown): PlainMap {
  const result: PlainMap = {};
  for (const key of isMap(annotations) ? Object.keys(annotations) : []) {
    if (!notes.has(key)) setField(result, key, textOf(fieldOf(annotations, key)));
  }
  return result;
}
