import { mapAt, textAt, valueAt } from '../repository/value-at.ts';
import { podAddressWord, podNameWord } from './for-pod.ts';
import type { LocalObjects } from './local-objects.ts';
import { readQuantity } from './quantity.ts';

/** What the containers and volumes of one workload are resolved against, and where what is wrong is noted. */
export interface PodSources {
  namespace: string;
  objects: LocalObjects;
  /** The pod template. */
  template: unknown;
  problem: (message: string) => void;
  missing: (secret: string, key: string) => void;
  notEnforced: (words: string) => void;
}

/** A field of the pod, as environment variables and files may ask for it; undefined where there is no such field. */
export function podField({ namespace, template }: PodSources, path: string): string | undefined {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map !== undefined && key !== undefined) return textAt(template, 'metadata', map, key) ?? '';
  switch (path) {
    case 'metadata.name':
    case 'metadata.uid':
      return podNameWord;
    case 'metadata.namespace':
      return namespace;
    case 'metadata.labels':
    case 'metadata.annotations':
      return linesOf(mapAt(template, 'metadata', path.slice('metadata.'.length)));
    case 'spec.serviceAccountName':
      return textAt(template, 'spec', 'serviceAccountName') ?? 'default';
    case 'spec.nodeName':
      return 'localhost';
    case 'status.podIP':
    case 'status.podIPs':
      return podAddressWord;
    case 'status.hostIP':
    case 'status.hostIPs':
      return '127.0.0.1';
    default:
      return undefined;
  }
}

/** `limits.memory` of a container, divided as asked; what has no limit has the machine's, which nobody asks about. */
export function resourceField(container: unknown, reference: unknown): string | undefined {
  const [kind = '', name = ''] = (textAt(reference, 'resource') ?? '').split('.');
  const amount =
    readQuantity(valueAt(container, 'resources', kind, name)) ??
    (kind === 'requests' ? readQuantity(valueAt(container, 'resources', 'limits', name)) : undefined);
  if (amount === undefined) return undefined;
  const divisor = readQuantity(valueAt(reference, 'divisor')) || 1;
  return String(Math.ceil(amount / divisor));
}

/** As the kubelet writes a map into a file of the downward API. */
function linesOf(map: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(map).map(([key, value]) => `${key}=${JSON.stringify(String(value))}`);
  return lines.toSorted().join('\n');
}
