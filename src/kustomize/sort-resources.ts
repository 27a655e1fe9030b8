import { invalid } from './kustomize-error.ts';
import { apiVersionOf, type ResourceId } from './resource-id.ts';
import type { Resource } from './resource.ts';

export interface SortOptions {
  order?: string;
  legacySortOptions?: { orderFirst?: string[]; orderLast?: string[] };
}

const first = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** What others need comes first, as kustomize has it; `fifo` keeps the order of the files. */
export function sortResources(
  resources: readonly Resource[],
  options: SortOptions | undefined,
  at?: string,
): Resource[] {
  const order = options ? options.order : 'legacy';
  if (order !== 'fifo' && order !== 'legacy') throw invalid('sortOptions.order must be "fifo" or "legacy"', at);
  if (order === 'fifo') {
    if (options?.legacySortOptions) throw invalid('sortOptions.legacySortOptions needs order: legacy', at);
    return [...resources];
  }
  const { orderFirst = [], orderLast = [] } = options?.legacySortOptions ?? { orderFirst: first, orderLast: last };
  const rank = new Map([
    ...orderFirst.map((kind, index): [string, number] => [kind, index - orderFirst.length]),
    ...orderLast.map((kind, index): [string, number] => [kind, index + 1]),
  ]);
  return resources
    .map((resource) => ({ resource, id: resource.id }))
    .toSorted((a, b) => compareIds(a.id, b.id, rank))
    .map(({ resource }) => resource);
}

function compareIds(a: ResourceId, b: ResourceId, rank: ReadonlyMap<string, number>): number {
  if (apiVersionOf(a) === apiVersionOf(b) && a.kind === b.kind) return compare(nameKey(a), nameKey(b));
  const ranks = (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0);
  if (ranks !== 0) return ranks;
  const namespaces = a.kind === 'Namespace' && b.kind === 'Namespace' && (a.group === '' || b.group === '');
  return namespaces ? compare(kindKey(b), kindKey(a)) : compare(kindKey(a), kindKey(b));
}

function kindKey({ group, version, kind }: ResourceId): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}

function nameKey({ namespace, name }: ResourceId): string {
  return `${namespace || '~X'}|${name || '~N'}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
