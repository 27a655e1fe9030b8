import { type ObjectIndex, selectorOf } from './object-index.ts';
import { makesSecrets, secretsMadeBy } from './secrets-made-by.ts';
import type { Manifest } from './types.ts';
import { listAt, textAt, valueAt } from './value-at.ts';
import { readsOf, type Workload } from './workload.ts';

/**
 * Which objects are there for one workload alone, by workload: what its pods read and run as, and what selects or
 * scales them. What two workloads share belongs to neither: who removes one must not take it from the other.
 */
export function ownedObjects(
  index: ObjectIndex,
  workloads: readonly Workload[],
): ReadonlyMap<Workload, readonly Manifest[]> {
  const users = new Map<Manifest, Set<Workload>>();
  const use = (manifest: Manifest, workload: Workload): void => {
    users.set(manifest, (users.get(manifest) ?? new Set()).add(workload));
  };
  const makers = secretMakers(index);
  const bindings = bindingsByAccount(index);

  for (const workload of workloads) {
    const namespace = index.namespaceOf(workload.manifest);
    const { configMaps, claims, secrets } = readsOf(workload);
    const account = textAt(workload.podSpec, 'serviceAccountName');
    const named = [
      ...[...configMaps].flatMap((name) => index.find('ConfigMap', namespace, name)),
      ...[...claims].flatMap((name) => index.find('PersistentVolumeClaim', namespace, name)),
      ...[...secrets.keys()].flatMap((name) => makers.get(`${namespace}/${name}`) ?? []),
      ...(account === undefined ? [] : index.find('ServiceAccount', namespace, account)),
      ...(account === undefined ? [] : (bindings.get(`${namespace}/${account}`) ?? [])),
    ];
    for (const manifest of named) use(manifest, workload);
  }
  for (const manifest of index.manifests) {
    for (const workload of attachedTo(manifest, index)) use(manifest, workload);
  }

  const owned = new Map<Workload, Manifest[]>();
  for (const manifest of index.manifests) {
    const [owner, another] = users.get(manifest) ?? [];
    if (owner && !another) owned.set(owner, [...(owned.get(owner) ?? []), manifest]);
  }
  return owned;
}

/** The workloads that an object selects or scales. */
function attachedTo(manifest: Manifest, index: ObjectIndex): readonly Workload[] {
  const namespace = index.namespaceOf(manifest);
  switch (manifest.kind) {
    case 'Service':
    case 'NetworkPolicy':
    case 'PodDisruptionBudget':
      return index.selected(namespace, selectorOf(manifest));
    default:
      return [];
  }
}

function secretMakers(index: ObjectIndex): ReadonlyMap<string, readonly Manifest[]> {
  const makers = new Map<string, Manifest[]>();
  for (const manifest of index.manifests.filter(makesSecrets)) {
    for (const name of secretsMadeBy(manifest)) {
      const key = `${index.namespaceOf(manifest)}/${name}`;
      makers.set(key, [...(makers.get(key) ?? []), manifest]);
    }
  }
  return makers;
}

/** RoleBindings and ClusterRoleBindings with their roles, by ServiceAccount; a role that others use too stays out. */
function bindingsByAccount(index: ObjectIndex): ReadonlyMap<string, readonly Manifest[]> {
  const byAccount = new Map<string, Manifest[]>();
  for (const binding of index.manifests.filter(({ kind }) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding')) {
    const roleKind = textAt(binding.value, 'roleRef', 'kind') ?? '';
    const roleName = textAt(binding.value, 'roleRef', 'name') ?? '';
    const roles = index.manifests.filter(({ kind, name }) => kind === roleKind && name === roleName);
    for (const subject of listAt(binding.value, 'subjects')) {
      if (valueAt(subject, 'kind') !== 'ServiceAccount') continue;
      const namespace = textAt(subject, 'namespace') ?? index.namespaceOf(binding);
      const key = `${namespace}/${textAt(subject, 'name') ?? ''}`;
      byAccount.set(key, [...(byAccount.get(key) ?? []), binding, ...roles]);
    }
  }
  return byAccount;
}
