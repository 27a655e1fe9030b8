import type { Manifest } from './types.ts';
import { mapAt } from './value-at.ts';
import type { Workload } from './workload.ts';

/** Objects of a cluster as they look for one another: by kind, namespace and name, and by labels. */
export interface ObjectIndex {
  readonly manifests: readonly Manifest[];
  readonly namespaceOf: (manifest: Manifest) => string;
  find(kind: string, namespace: string, name: string): readonly Manifest[];
  /** The workloads of a namespace whose pods a selector takes; an empty one takes none here. */
  selected(namespace: string, selector: Readonly<Record<string, unknown>>): readonly Workload[];
}

export function objectIndex(
  manifests: readonly Manifest[],
  workloads: readonly Workload[],
  namespaceOf: (manifest: Manifest) => string,
): ObjectIndex {
  const byName = new Map<string, Manifest[]>();
  for (const manifest of manifests)
    push(byName, `${manifest.kind}/${namespaceOf(manifest)}/${manifest.name}`, manifest);
  const byLabel = new Map<string, Workload[]>();
  for (const workload of workloads) {
    const namespace = namespaceOf(workload.manifest);
    for (const [key, value] of Object.entries(workload.labels))
      push(byLabel, `${namespace}/${key}=${String(value)}`, workload);
  }
  return {
    manifests,
    namespaceOf,
    find: (kind, namespace, name) => byName.get(`${kind}/${namespace}/${name}`) ?? [],
    selected(namespace, selector) {
      const [first, ...rest] = Object.entries(selector);
      if (!first) return [];
      const candidates = byLabel.get(`${namespace}/${first[0]}=${String(first[1])}`) ?? [];
      return candidates.filter(({ labels }) => rest.every(([key, value]) => labels[key] === value));
    },
  };
}

/** A Service's own selector, or the matchLabels of everything else. */
export function selectorOf({ kind, value }: Manifest): Readonly<Record<string, unknown>> {
  if (kind === 'Service') return mapAt(value, 'spec', 'selector');
  return mapAt(value, 'spec', kind === 'NetworkPolicy' ? 'podSelector' : 'selector', 'matchLabels');
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
