import { isWithin } from '../paths.ts';
import type { Platform } from '../platform/types.ts';
import { appliedManifests } from './applied-manifests.ts';
import { isMcpWorkload } from './is-mcp-workload.ts';
import { namespaceResolver } from './namespace-resolver.ts';
import { type ObjectIndex, objectIndex, selectorOf } from './object-index.ts';
import { ownedObjects } from './owned-objects.ts';
import { readAnnotations } from './read-annotations.ts';
import { serverPorts } from './server-ports.ts';
import type { Manifest, McpServer, Repository } from './types.ts';
import { listAt, mapAt, textAt } from './value-at.ts';
import { mountedConfigMaps, readsOf, type Workload, workloadOf } from './workload.ts';

/**
 * The MCP servers below the paths of the clusters that sync this repository and in the servers' directory, sorted by
 * name. One that is defined twice is there twice: `findServer` refuses it.
 */
export function mcpServers(repository: Repository, platform: Platform): readonly McpServer[] {
  const { directory, namespace } = platform.servers;
  const synced = [...platform.clusters.values()].filter((cluster) => cluster.repository === undefined);
  const applied = new Set(
    appliedManifests(
      repository,
      synced.flatMap(({ paths }) => paths),
    ),
  );
  // A new server may not be listed yet: the deploy does that.
  const manifests = repository.manifests.filter(
    (manifest) =>
      applied.has(manifest) || (isWithin(manifest.file, directory) && !/(^|\/)\.?archive\//.test(manifest.file)),
  );

  const workloads = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet').map(workloadOf);
  const index = objectIndex(manifests, workloads, namespaceResolver(repository, namespace));
  const owned = ownedObjects(index, workloads);
  const services = servicesOf(index);
  return workloads
    .filter(({ manifest }) => isMcpWorkload(manifest, directory))
    .map((workload) => serverFrom(workload, index, services.get(workload) ?? [], owned.get(workload) ?? []))
    .toSorted((a, b) => compare(a.name, b.name) || compare(a.file, b.file));
}

function serverFrom(
  workload: Workload,
  index: ObjectIndex,
  services: readonly Manifest[],
  owned: readonly Manifest[],
): McpServer {
  const { manifest, container } = workload;
  const namespace = index.namespaceOf(manifest);
  const { path, transport = transportOf(container), ...annotated } = readAnnotations(manifest);
  const service = services.find(({ name }) => name === manifest.name) ?? services[0];
  const code = codeOf(workload, index);
  const folder = folderOf(manifest.file);
  const annotations = mapAt(manifest.value, 'spec', 'template', 'metadata', 'annotations');
  return {
    name: serverName(manifest.name),
    namespace,
    file: manifest.file,
    workload: manifest,
    service,
    code,
    others: owned.filter((one) => one !== service && one !== code && isWithin(one.file, folder)),
    pattern: code || runsFromConfigMap(workload) ? 'configmap' : 'image',
    image: textAt(container, 'image') ?? '',
    transport,
    path: path ?? (transport === 'sse' ? '/sse' : '/mcp'),
    ...serverPorts(service, workload),
    healthPath: healthPathOf(container),
    ...annotated,
    secretKeys: secretKeysOf(workload),
    codeHash: textAt(annotations, 'mcp-berth.dev/code-sha256'),
  };
}

/** Commands take `weather` and `weather-mcp`; everything else has `weather`. */
export const serverName = (name: string): string =>
  name.length > 4 && name.endsWith('-mcp') ? name.slice(0, -4) : name;

function servicesOf(index: ObjectIndex): ReadonlyMap<Workload, readonly Manifest[]> {
  const byWorkload = new Map<Workload, Manifest[]>();
  for (const service of index.manifests.filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1')) {
    for (const workload of index.selected(index.namespaceOf(service), selectorOf(service))) {
      byWorkload.set(workload, [...(byWorkload.get(workload) ?? []), service]);
    }
  }
  return byWorkload;
}

const source = /\.(py|js|mjs|cjs|ts)$/;

const holdsCode = ({ value }: Manifest): boolean => Object.keys(mapAt(value, 'data')).some((key) => source.test(key));

function codeOf(workload: Workload, index: ObjectIndex): Manifest | undefined {
  const mounted = mountedConfigMaps(workload).flatMap(({ name }) =>
    index.find('ConfigMap', index.namespaceOf(workload.manifest), name),
  );
  return mounted.find(({ name }) => name.endsWith('-code')) ?? mounted.find(holdsCode);
}

/** Its code may come from a generated ConfigMap, which no manifest shows. */
function runsFromConfigMap(workload: Workload): boolean {
  const words = [...listAt(workload.container, 'command'), ...listAt(workload.container, 'args')];
  const mounts = mountedConfigMaps(workload).map(({ mountPath }) => `${mountPath.replace(/\/$/, '')}/`);
  return words.some(
    (word) => typeof word === 'string' && source.test(word) && mounts.some((mount) => word.includes(mount)),
  );
}

function transportOf(container: unknown): McpServer['transport'] {
  const variable = listAt(container, 'env').find((one) => /^(MCP|FASTMCP)_TRANSPORT$/.test(textAt(one, 'name') ?? ''));
  return textAt(variable, 'value') === 'sse' ? 'sse' : 'streamable-http';
}

function healthPathOf(container: unknown): string | undefined {
  return ['readinessProbe', 'livenessProbe', 'startupProbe']
    .map((probe) => textAt(container, probe, 'httpGet', 'path'))
    .find((path) => path !== undefined);
}

function secretKeysOf(workload: Workload): ReadonlyMap<string, readonly string[]> {
  const sorted = [...readsOf(workload).secrets].toSorted(([a], [b]) => compare(a, b));
  return new Map(sorted.map(([name, keys]) => [name, [...keys].toSorted(compare)]));
}

const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));

/** The order of code points: the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
