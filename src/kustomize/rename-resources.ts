import { textOf } from './plain-data.ts';
import { selectsKind } from './resource-id.ts';
import type { ResourceList } from './resource-list.ts';

const kept = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
];

/** `namePrefix` and `nameSuffix`: every name but those that are fixed by what they mean. */
export function renameResources(resources: ResourceList, { prefix = '', suffix = '' }): void {
  for (const resource of resources.items) {
    const { originalId, metadata } = resource;
    if (kept.some((selector) => selectsKind(selector, originalId))) continue;
    for (const [affix, affixes] of [
      [prefix, resource.prefixes],
      [suffix, resource.suffixes],
    ] as const) {
      if (affix === '') continue;
      affixes.push(affix);
      resource.rememberId();
      const name = textOf(metadata['name']);
      metadata['name'] = affixes === resource.prefixes ? `${affix}${name}` : `${name}${affix}`;
    }
  }
  resources.idsChanged();
}
