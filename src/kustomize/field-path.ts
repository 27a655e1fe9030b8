import { invalid } from './kustomize-error.ts';
import { changeField, fieldOf, isList, isMap, isNull, setField, unshared } from './plain-data.ts';
import { describeId, type KindSelector, selectsKind } from './resource-id.ts';
import type { Resource } from './resource.ts';

/** Where kustomize looks for a label, a name or an image, in objects of which kinds. */
export interface FieldSpec extends KindSelector {
  /** `spec/template/metadata/labels`; lists are walked through, `[]` says that one is expected. */
  path: string;
  create?: boolean;
}

/** How a field that is found is changed: gets the old value, gives the new one. */
type Change = (old: unknown) => unknown;

/** Changes the fields of an object that a specification leads to; `created` is what an absent one starts from. */
export function changeFields(resource: Resource, spec: FieldSpec, change: Change, created?: () => unknown): void {
  if (spec.kind && spec.kind !== resource.kind) return;
  if ((spec.group || spec.version) && !selectsKind(spec, resource.id)) return;
  try {
    walk(resource.value, splitPath(spec.path), change, spec.create ? created : undefined);
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw invalid(`${spec.path} of ${describeId(resource.id)}: ${error.message}`, resource.origin.file);
  }
}

/** What a change refuses; it becomes an error that names the object. */
export class FieldError extends Error {}

function walk(node: unknown, path: readonly string[], change: Change, created: (() => unknown) | undefined): void {
  if (isNull(node)) return;
  if (isList(node)) {
    for (const item of node) walk(item, path, change, created);
    return;
  }
  if (!isMap(node)) throw new FieldError('a single value where a map or a list should be');

  const [first = '', ...rest] = path;
  const key = first.endsWith('[]') ? first.slice(0, -2) : first;
  if (key === '') throw new FieldError('the path has an empty part');
  const isItems = key !== first;
  if (!Object.hasOwn(node, key) && (isItems || !created)) return;
  if (isNull(fieldOf(node, key))) {
    if (isItems) setField(node, key, []);
    else if (created) setField(node, key, rest.length === 0 ? created() : {});
  }
  if (rest.length === 0) changeField(node, key, change(unshared(fieldOf(node, key))));
  else walk(fieldOf(node, key), rest, change, created);
}

function splitPath(path: string): string[] {
  const escaped = path.includes('\\/');
  const parts = (escaped ? path.replaceAll('\\/', '\0') : path).split('/');
  if (parts.length > 1 && parts[0] === '') parts.shift();
  return escaped ? parts.map((part) => part.replaceAll('\0', '/')) : parts;
}
