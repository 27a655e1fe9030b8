import { listAt, textAt, valueAt } from '../repository/value-at.ts';
import { containerEnv, plainText } from './container-env.ts';
import { expandVariables } from './expand-variables.ts';
import type { PodSources } from './pod-sources.ts';
import { readQuantity } from './quantity.ts';
import { readProbe } from './read-probe.ts';
import type { ContainerPlan } from './types.ts';

/** What a container of a pod template becomes. */
export function planContainer(container: unknown, sources: PodSources): ContainerPlan {
  const name = textAt(container, 'name') ?? '';
  const problem = (message: string): void => sources.problem(`container ${name}: ${message}`);
  const { variables, secret } = containerEnv(container, { ...sources, problem });
  const expand = (text: unknown): string => expandVariables(plainText(text), variables);
  const words = (key: string): readonly string[] | undefined => {
    const list = listAt(container, key);
    return list.length > 0 ? list.map(expand) : undefined;
  };
  const ports = namedPorts(container);
  const probe = (key: string) =>
    readProbe(
      valueAt(container, key),
      (port) => (typeof port === 'number' ? port : (ports.get(plainText(port)) ?? numeric(port))),
      problem,
    );
  return defined({
    name,
    image: textAt(container, 'image') ?? '',
    command: words('command'),
    args: words('args'),
    workingDir: textAt(container, 'workingDir'),
    env: Object.fromEntries(variables),
    secretEnv: [...secret],
    mounts: mountsOf(container, expand, problem),
    ports: listAt(container, 'ports').flatMap((port) => numberOrNone(valueAt(port, 'containerPort'))),
    memoryBytes: readQuantity(valueAt(container, 'resources', 'limits', 'memory')),
    user: userOf(container, sources.template),
    readOnlyRoot: valueAt(container, 'securityContext', 'readOnlyRootFilesystem') === true,
    startup: probe('startupProbe'),
    readiness: probe('readinessProbe'),
    liveness: probe('livenessProbe'),
  });
}

/** Ports of a container that have a name. */
export function namedPorts(container: unknown): ReadonlyMap<string, number> {
  const named = listAt(container, 'ports').flatMap((port) => {
    const name = textAt(port, 'name');
    const number = valueAt(port, 'containerPort');
    return name !== undefined && typeof number === 'number' ? [[name, number] as const] : [];
  });
  return new Map(named);
}

function mountsOf(
  container: unknown,
  expand: (text: unknown) => string,
  problem: (message: string) => void,
): ContainerPlan['mounts'] {
  return listAt(container, 'volumeMounts').flatMap((mount) => {
    const mountPath = textAt(mount, 'mountPath') ?? '';
    const expression = textAt(mount, 'subPathExpr');
    const subPath = expression === undefined ? textAt(mount, 'subPath') : expand(expression);
    if (!mountPath.startsWith('/') || leaves(mountPath)) problem(`${mountPath || 'nothing'} is no place for a mount`);
    else if (subPath !== undefined && (subPath.startsWith('/') || leaves(subPath)))
      problem(`${subPath} leaves its volume`);
    else {
      const where = { volume: textAt(mount, 'name') ?? '', mountPath: mountPath.replace(/(?<=.)\/+$/, '') };
      return [{ ...where, ...(subPath ? { subPath } : {}), readOnly: valueAt(mount, 'readOnly') === true }];
    }
    return [];
  });
}

function leaves(path: string): boolean {
  return path.split('/').includes('..');
}

function userOf(container: unknown, template: unknown): string | undefined {
  const field = (key: string): unknown =>
    valueAt(container, 'securityContext', key) ?? valueAt(template, 'spec', 'securityContext', key);
  const user = field('runAsUser');
  const group = field('runAsGroup');
  if (typeof user !== 'number') return undefined;
  return typeof group === 'number' ? `${user}:${group}` : String(user);
}

function numeric(port: unknown): number | undefined {
  return typeof port === 'string' && /^\d{1,5}$/.test(port) ? Number(port) : undefined;
}

function numberOrNone(value: unknown): number[] {
  return typeof value === 'number' ? [value] : [];
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the fields that have no value. */
function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
