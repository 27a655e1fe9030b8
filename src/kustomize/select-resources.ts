import { RE2JS } from 're2js';
import { invalid } from './kustomize-error.ts';
import { parseLabelSelector } from './label-selector.ts';
import { fieldOf, isMap, textOf } from './plain-data.ts';
import { effectiveNamespace } from './resource-id.ts';
import type { Resource } from './resource.ts';

/** Whom a patch is for: regular expressions that must match as a whole, and selectors for labels and annotations. */
export interface Selector {
  group?: string;
  version?: string;
  kind?: string;
  name?: string;
  namespace?: string;
  labelSelector?: string;
  annotationSelector?: string;
}

/** Names count as they are now or as they were written first. */
export function selectResources(resources: readonly Resource[], selector: Selector): Resource[] {
  const group = wholeMatcher(selector.group);
  const version = wholeMatcher(selector.version);
  const kind = wholeMatcher(selector.kind);
  const name = wholeMatcher(selector.name);
  const namespace = wholeMatcher(selector.namespace);
  const byMetadata = selectByMetadata(selector);

  return resources.filter((resource) => {
    const { id, originalId } = resource;
    return (
      (namespace(effectiveNamespace(originalId)) || namespace(effectiveNamespace(id))) &&
      (name(originalId.name) || name(id.name)) &&
      group(id.group) &&
      version(id.version) &&
      kind(id.kind) &&
      byMetadata(resource)
    );
  });
}

/** The part of a selector that looks at labels and annotations. */
export function selectByMetadata({
  labelSelector = '',
  annotationSelector = '',
}: Selector): (resource: Resource) => boolean {
  const labels = parseLabelSelector(labelSelector);
  const annotations = parseLabelSelector(annotationSelector);
  return ({ metadata }) => labels(texts(metadata['labels'])) && annotations(texts(metadata['annotations']));
}

/** A test for a whole text, in RE2's syntax and in linear time; without a pattern everything passes. */
export function wholeMatcher(pattern: string | undefined): (text: string) => boolean {
  if (!pattern) return () => true;
  if (/^[\w/ -]+$/.test(pattern)) return (text) => text === pattern;
  const compiled = compile(`^(?:${pattern})$`);
  return (text) => compiled.matcher(text).find();
}

export function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch {
    throw invalid(`"${pattern}" is no regular expression`);
  }
}

function texts(map: unknown): ReadonlyMap<string, string> {
  return new Map(isMap(map) ? Object.keys(map).map((key) => [key, textOf(fieldOf(map, key))]) : []);
}
