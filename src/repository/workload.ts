import type { Manifest } from './types.ts';
import { isMap, listAt, mapAt, textAt, valueAt } from './value-at.ts';

/** What the pods of a Deployment or StatefulSet are made of. */
export interface Workload {
  readonly manifest: Manifest;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly podSpec: unknown;
  /** Init containers first. */
  readonly containers: readonly unknown[];
  /** The one that serves MCP. */
  readonly container: unknown;
}

export function workloadOf(manifest: Manifest): Workload {
  const podSpec = valueAt(manifest.value, 'spec', 'template', 'spec');
  const containers = listAt(podSpec, 'containers').filter(isMap);
  return {
    manifest,
    labels: mapAt(manifest.value, 'spec', 'template', 'metadata', 'labels'),
    podSpec,
    containers: [...listAt(podSpec, 'initContainers').filter(isMap), ...containers],
    container:
      containers.find((container) => textAt(container, 'name') === 'mcp-server') ??
      containers.find((container) => /(^|-)mcp(-|$)/.test(textAt(container, 'name') ?? '')) ??
      containers[0],
  };
}

/** What the pods read from ConfigMaps, Secrets and claims, by name; keys where single ones are read. */
export function readsOf({ podSpec, containers }: Workload) {
  const configMaps = new Set<string>();
  const claims = new Set<string>();
  const secrets = new Map<string, Set<string>>();
  const secret = (name: string | undefined, keys: readonly (string | undefined)[]): void => {
    if (name === undefined) return;
    const known = secrets.get(name) ?? new Set();
    for (const key of keys) if (key !== undefined) known.add(key);
    secrets.set(name, known);
  };

  for (const container of containers) {
    for (const variable of listAt(container, 'env')) {
      const reference = valueAt(variable, 'valueFrom', 'secretKeyRef');
      secret(textAt(reference, 'name'), [textAt(reference, 'key')]);
      add(configMaps, textAt(variable, 'valueFrom', 'configMapKeyRef', 'name'));
    }
    for (const source of listAt(container, 'envFrom')) {
      secret(textAt(source, 'secretRef', 'name'), []);
      add(configMaps, textAt(source, 'configMapRef', 'name'));
    }
  }
  for (const volume of listAt(podSpec, 'volumes')) {
    const projected = listAt(volume, 'projected', 'sources');
    for (const source of [volume, ...projected]) {
      const keys = listAt(source, 'secret', 'items').map((item) => textAt(item, 'key'));
      secret(textAt(source, 'secret', 'secretName') ?? textAt(source, 'secret', 'name'), keys);
      add(configMaps, textAt(source, 'configMap', 'name'));
    }
    add(claims, textAt(volume, 'persistentVolumeClaim', 'claimName'));
  }
  return { configMaps, claims, secrets };
}

/** The ConfigMaps that a container sees as files, with the place where it does. */
export function mountedConfigMaps({ podSpec, container }: Workload): readonly { name: string; mountPath: string }[] {
  return listAt(container, 'volumeMounts').flatMap((mount) => {
    const volume = listAt(podSpec, 'volumes').find((one) => textAt(one, 'name') === textAt(mount, 'name'));
    const mountPath = textAt(mount, 'mountPath') ?? '';
    return [volume, ...listAt(volume, 'projected', 'sources')].flatMap((source) => {
      const name = textAt(source, 'configMap', 'name');
      return name === undefined ? [] : [{ name, mountPath }];
    });
  });
}

function add(set: Set<string>, name: string | undefined): void {
  if (name !== undefined) set.add(name);
}
