import type { YamlDocument, YamlFile } from '../yaml/types.ts';
import { type Dialect, goScalar, isOddKey } from './go-scalar.ts';
import { invalid } from './kustomize-error.ts';
import { fieldOf, isEmpty, isList, isMap, isNull, nothing, type PlainMap, setField, textOf } from './plain-data.ts';
import { Resource } from './resource.ts';

type Path = readonly (string | number)[];

/** The objects of a file, lists taken apart. For patches it also notes how their labels were written. */
export function readResources(yaml: YamlFile, role: 'object' | 'patch' = 'object', at?: string): Resource[] {
  const [problem] = yaml.problems;
  if (problem) throw invalid(problem.message, at ?? problem.position, problem.hint);
  const separators = [...yaml.text.replaceAll('\r\n', '\n').matchAll(/\n---([^\n]*)\n/g)];
  const odd = separators.find(([, rest = '']) => rest.trim() !== '' && !rest.trim().startsWith('#'));
  if (odd)
    throw invalid(
      `kustomize takes no "${odd[0].trim()}" between documents`,
      at ?? yaml.file,
      'Write --- on a line of its own.',
    );

  const queue: Resource[] = [];
  for (const document of yaml.documents) {
    const value = valueOf(document, yaml.text, 'manifest', at);
    const whole = separators.length === 0 && fieldOf(value, 'kind') === 'List';
    const items = whole ? fieldOf(value, 'items') : undefined;
    const origin = { file: document.file, document: document.index };
    for (const object of isList(items) ? items : [value]) pushObject(queue, object, origin, at ?? document.position);
    const last = queue.at(-1);
    if (role === 'patch' && last) last.labelTexts = labelTextsOf(document, yaml.text);
  }
  return takeListsApart(queue, at).map((resource) => withTextMetadata(resource, at));
}

/** A document as kustomize's own reader would give it, as a copy that may be changed. */
export function valueOf(document: YamlDocument, text: string, dialect: Dialect, at?: string): unknown {
  const written = text.slice(...document.range);
  const careful = /(?:^|[\s,[{(:-])[-+]?(?:0[0-7_bBoOxX]|[\d.]+_|\d{4}-\d)/m.test(written) || dialect === 'yaml 1.1';
  const source = (path: Path): string | undefined => {
    const range = document.fieldAt(path)?.range;
    return range && text.slice(...range);
  };

  const convert = (value: unknown, path: Path): unknown => {
    if (isList(value)) return value.map((item, index) => convert(item, [...path, index]));
    if (isMap(value)) return convertMap(value, path);
    if (value === null) return source(path) === '' ? nothing : null;
    if (isAnnotation(path)) return typeof value === 'string' ? value : (source(path) ?? value);
    if (!careful || typeof value === 'boolean') return value;
    return goScalar(value, source(path) ?? '', dialect);
  };
  const convertMap = (value: PlainMap, path: Path): PlainMap => {
    const copy: PlainMap = {};
    for (const key of Object.keys(value)) {
      if (isBareOddKey(key, written)) {
        throw invalid(
          `the key ${key} is no text`,
          at ?? document.fieldAt([...path, key])?.position ?? document.position,
          `Write "${key}": in quotes.`,
        );
      }
      setField(copy, key, convert(value[key], [...path, key]));
    }
    return copy;
  };
  return convert(document.value, []);
}

function isAnnotation(path: Path): boolean {
  return path.length === 3 && path[0] === 'metadata' && path[1] === 'annotations';
}

/** Labels that are no texts, as they were written. */
function labelTextsOf(document: YamlDocument, text: string): ReadonlyMap<string, string> {
  const labels = fieldOf(fieldOf(document.value, 'metadata'), 'labels');
  const odd = isMap(labels) ? Object.keys(labels).filter((key) => typeof labels[key] !== 'string') : [];
  return new Map(
    odd.map((key) => {
      const range = document.fieldAt(['metadata', 'labels', key])?.range;
      return [key, range ? text.slice(...range) : ''];
    }),
  );
}

/** Keys of maps that are numbers or booleans become no JSON, and kustomize stops at them. */
function isBareOddKey(key: string, written: string): boolean {
  return isOddKey(key) && !written.includes(`"${key}"`) && !written.includes(`'${key}'`);
}

function pushObject(
  queue: Resource[],
  value: unknown,
  origin: Resource['origin'],
  at: Parameters<typeof invalid>[1],
): void {
  if (isEmpty(value)) return;
  if (!isMap(value)) throw invalid('this is no Kubernetes object', at);
  const resource = new Resource(value, origin);
  if (resource.kind === '') throw invalid('an object has no kind', at);
  if (resource.name === '' && !resource.kind.endsWith('List'))
    throw invalid(`a ${resource.kind} has no metadata.name`, at);
  if (Object.keys(annotationsOf(resource)).some((key) => key.startsWith('internal.config.kubernetes.io/'))) {
    throw invalid(
      'an object has annotations that kustomize keeps for itself',
      at,
      'Take out internal.config.kubernetes.io/….',
    );
  }
  queue.push(resource);
}

/** What is called a list and has items stands for its items, which come after everything else. */
function takeListsApart(resources: readonly Resource[], at: string | undefined): Resource[] {
  const queue = [...resources];
  const result: Resource[] = [];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { value, origin, kind } = next;
    if (!kind.endsWith('List') || !Object.hasOwn(value, 'items')) {
      result.push(next);
      continue;
    }
    const { items } = value;
    if (isNull(items)) continue;
    if (!isList(items)) throw invalid(`the items of a ${kind} are no list`, at ?? origin.file);
    for (const item of items) pushObject(queue, item, origin, at ?? origin.file);
  }
  return result;
}

/** Annotations are texts in the end, whatever they were written as; until then a null may still be patched away. */
function withTextMetadata(resource: Resource, at: string | undefined): Resource {
  const annotations = annotationsOf(resource);
  for (const key of Object.keys(annotations)) {
    if (isOddKey(key))
      throw invalid(`kustomize stops at an annotation that is called ${key}`, at ?? resource.origin.file);
    const value = annotations[key];
    if (!isNull(value)) setField(annotations, key, textOf(value));
  }
  return resource;
}

function annotationsOf(resource: Resource): PlainMap {
  const annotations = fieldOf(resource.metadata, 'annotations');
  return isMap(annotations) ? annotations : {};
}
