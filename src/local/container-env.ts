import { isMap, listAt, textAt, valueAt } from '../repository/value-at.ts';
import { expandVariables } from './expand-variables.ts';
import { type PodSources, podField, resourceField } from './pod-sources.ts';

export interface ContainerEnv {
  /** In the manifest's order. */
  variables: ReadonlyMap<string, string>;
  /** Those whose values come, in whole or in part, from a Secret. */
  secret: ReadonlySet<string>;
}

/** The environment of a container as the kubelet makes it: `envFrom` first, then `env`, later ones see earlier ones. */
export function containerEnv(container: unknown, sources: PodSources): ContainerEnv {
  const variables = new Map<string, string>();
  const secret = new Set<string>();
  const set = (name: string, value: string, isSecret: boolean): void => {
    variables.set(name, value);
    if (isSecret) secret.add(name);
    else secret.delete(name);
  };

  for (const source of listAt(container, 'envFrom')) {
    const prefix = textAt(source, 'prefix') ?? '';
    for (const { key, value, isSecret } of allOf(source, sources)) {
      const name = prefix + key;
      if (/^[!-<>-~][ -<>-~]*$/.test(name)) set(name, value, isSecret);
    }
  }
  for (const variable of listAt(container, 'env')) {
    const name = textAt(variable, 'name');
    if (name === undefined || name === '' || /[=\0]/.test(name)) continue;
    const from = valueAt(variable, 'valueFrom');
    if (isMap(from)) {
      const value = referenced(name, from, container, sources);
      if (value !== undefined) set(name, value, isMap(from['secretKeyRef']));
      continue;
    }
    const written = plainText(valueAt(variable, 'value'));
    const expanded = expandVariables(written, variables);
    set(
      name,
      expanded,
      [...secret].some((other) => written.includes(`$(${other})`)),
    );
  }
  return { variables, secret };
}

interface Entry {
  key: string;
  value: string;
  isSecret: boolean;
}

function allOf(source: unknown, { namespace, objects, problem, missing }: PodSources): Entry[] {
  const map = textAt(source, 'configMapRef', 'name');
  if (map !== undefined) {
    const data = objects.configMap(namespace, map);
    if (!data && valueAt(source, 'configMapRef', 'optional') !== true) problem(`configmap "${map}" not found`);
    return [...(data ?? [])].flatMap(([key, value]) =>
      typeof value === 'string' ? [{ key, value, isSecret: false }] : [],
    );
  }
  const name = textAt(source, 'secretRef', 'name');
  if (name === undefined) return [];
  const found = objects.secret(namespace, name);
  if (valueAt(source, 'secretRef', 'optional') !== true) {
    for (const key of found.missing) missing(name, key);
    if (found.values.size === 0 && found.missing.length === 0) missing(name, '*');
  }
  return [...found.values].map(([key, value]) => ({ key, value: textOfBytes(value), isSecret: true }));
}

function referenced(
  name: string,
  from: Record<string, unknown>,
  container: unknown,
  sources: PodSources,
): string | undefined {
  const { namespace, objects, problem, missing } = sources;
  const optional = (reference: string): boolean => valueAt(from, reference, 'optional') === true;
  const at = (reference: string): [string, string] => [
    textAt(from, reference, 'name') ?? '',
    textAt(from, reference, 'key') ?? '',
  ];

  if (isMap(from['secretKeyRef'])) {
    const [secret, key] = at('secretKeyRef');
    const value = objects.secretKey(namespace, secret, key);
    if (value === undefined && !optional('secretKeyRef')) missing(secret, key);
    return value === undefined ? undefined : textOfBytes(value);
  }
  if (isMap(from['configMapKeyRef'])) {
    const [map, key] = at('configMapKeyRef');
    const data = objects.configMap(namespace, map);
    const value = data?.get(key);
    if (value === undefined && !optional('configMapKeyRef')) {
      problem(data ? `couldn't find key ${key} in ConfigMap ${map}` : `configmap "${map}" not found`);
    }
    return value === undefined ? undefined : textOfBytes(value);
  }
  const path = textAt(from, 'fieldRef', 'fieldPath');
  if (path !== undefined) {
    const value = podField(sources, path);
    if (value === undefined) problem(`${name}: a pod has no field ${path}`);
    return value;
  }
  const value = resourceField(container, from['resourceFieldRef']);
  if (value === undefined) problem(`${name}: its value is asked from what a pod on this machine has not`);
  return value;
}

/** What a variable or a command may hold: text, whatever YAML made of it. */
export function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function textOfBytes(value: string | Uint8Array): string {
  return typeof value === 'string' ? value : new TextDecoder().decode(value);
}
