import { isClusterScoped } from './cluster-scoped.ts';

/** What kustomize tells objects apart by. */
export interface ResourceId {
  group: string;
  version: string;
  kind: string;
  name: string;
  namespace: string;
}

const clusterNamespace = '_non_namespaceable_';

export function groupAndVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** The namespace that counts when ids are compared: none at all means `default`. */
export function effectiveNamespace(id: ResourceId): string {
  if (isClusterScoped(apiVersionOf(id), id.kind)) return clusterNamespace;
  return id.namespace === '' ? 'default' : id.namespace;
}

export function apiVersionOf({ group, version }: { group: string; version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}

/** Equal for ids that kustomize holds to be the same. */
export function keyOf(id: ResourceId): string {
  return [id.group, id.version, id.kind, effectiveNamespace(id), id.name].join('\n');
}

/** `Deployment apps/v1 ai-platform/weather-mcp`, for messages. */
export function describeId(id: ResourceId): string {
  const name = id.namespace === '' ? id.name : `${id.namespace}/${id.name}`;
  return `${id.kind} ${name} (${apiVersionOf(id) || 'no apiVersion'})`;
}

/** Group, version and kind that must be equal where they are given. */
export interface KindSelector {
  group?: string | undefined;
  version?: string | undefined;
  kind?: string | undefined;
}

export function selectsKind(selector: KindSelector, id: { group: string; version: string; kind: string }): boolean {
  return (
    (!selector.group || selector.group === id.group) &&
    (!selector.version || selector.version === id.version) &&
    (!selector.kind || selector.kind === id.kind)
  );
}
