import { createHash } from 'node:crypto';
import { isMap, listAt, textAt, valueAt } from '../repository/value-at.ts';
import { planContainer } from './plan-container.ts';
import type { PodSources } from './pod-sources.ts';
import { podVolumes } from './pod-volumes.ts';
import { readPackage } from './read-package.ts';
import type { ContainerPlan, LocalService, PodTemplate } from './types.ts';

/** What every pod of a Deployment or StatefulSet becomes. */
export function planPod(
  workload: unknown,
  services: readonly LocalService[],
  rest: Omit<PodSources, 'template' | 'notEnforced'>,
): PodTemplate {
  const template = valueAt(workload, 'spec', 'template');
  const notEnforced = new Set<string>();
  const sources: PodSources = { ...rest, template, notEnforced: (words) => void notEnforced.add(words) };
  const volumes = podVolumes(sources, listAt(workload, 'spec', 'volumeClaimTemplates'));
  const plan = (container: unknown): ContainerPlan => {
    const planned = planContainer(container, sources);
    if (textAt(container, 'restartPolicy') === 'Always') {
      rest.problem(`container ${planned.name}: an init container that keeps running cannot be had on this machine`);
    }
    if (isMap(valueAt(container, 'lifecycle'))) notEnforced.add(`lifecycle hooks of ${planned.name}`);
    for (const { volume } of planned.mounts) {
      if (!volumes.has(volume) && !isNamed(template, volume))
        rest.problem(`container ${planned.name}: no volume ${volume}`);
    }
    return planned;
  };
  const initContainers = listAt(template, 'spec', 'initContainers').map(plan);
  const planned = listAt(template, 'spec', 'containers').map(plan);
  const main = planned.find(({ name }) => name === 'mcp-server') ?? planned[0];
  if (!main) rest.problem('its pods have no container');
  const annotation = textAt(workload, 'metadata', 'annotations', 'mcp-berth.dev/package');
  const annotated = annotation === undefined ? undefined : readPackage(annotation);
  if (annotation !== undefined && !annotated)
    rest.problem('mcp-berth.dev/package is neither npm:NAME@VERSION nor pypi:NAME==VERSION');
  const containers = planned.map((one) =>
    one === main ? { ...withPorts(one, planned, services), ...(annotated ? { package: annotated } : {}) } : one,
  );
  const grace = valueAt(template, 'spec', 'terminationGracePeriodSeconds');
  const codeHash = textAt(template, 'metadata', 'annotations', 'mcp-berth.dev/code-sha256');
  return {
    hash: hashOf(template),
    contentHash: hashOf([template, initContainers, containers, volumes]),
    ...(codeHash === undefined ? {} : { codeHash }),
    image: main?.image ?? '',
    initContainers,
    containers,
    volumes,
    terminationGracePeriodSeconds: typeof grace === 'number' && grace >= 0 ? grace : 30,
    notEnforced: [...notEnforced],
  };
}

/** Ports need not be declared: what Services lead to, and probes ask, is listened on too. */
function withPorts(
  main: ContainerPlan,
  all: readonly ContainerPlan[],
  services: readonly LocalService[],
): ContainerPlan {
  const declared = new Set(all.flatMap(({ ports }) => ports));
  const asked = [main.startup, main.readiness, main.liveness].flatMap((probe) =>
    probe && 'port' in probe.action ? [probe.action.port] : [],
  );
  const led = services.flatMap(({ ports }) => ports.map(({ targetPort }) => targetPort));
  return { ...main, ports: [...new Set([...main.ports, ...[...asked, ...led].filter((port) => !declared.has(port))])] };
}

/** A volume that is there and cannot be had has been named already. */
function isNamed(template: unknown, volume: string): boolean {
  return listAt(template, 'spec', 'volumes').some((one) => textAt(one, 'name') === volume);
}

/** Equal for equal data, whatever the order of its keys; not to be turned back, for secrets are in it. */
function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, canonical)).digest('hex').slice(0, 10);
}

function canonical(_: string, value: unknown): unknown {
  if (value instanceof Map) return [...value];
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
