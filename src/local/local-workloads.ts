import { textAt, valueAt } from '../repository/value-at.ts';
import { LocalObjects, namespaceOf } from './local-objects.ts';
import { localServices } from './local-services.ts';
import { planPod } from './plan-pod.ts';
import type { PodSources } from './pod-sources.ts';
import type { LocalWorkload, MissingSecret, SecretValues } from './types.ts';

export interface LocalWorkloads {
  workloads: readonly LocalWorkload[];
  /** Everything that is missing, of all workloads. Such a workload is planned without it, and should not be started. */
  missing: readonly MissingSecret[];
  /** Why workloads cannot be what their manifests say: `weather-mcp: configmap "x" not found`. */
  problems: readonly WorkloadProblem[];
}

export interface WorkloadProblem {
  namespace: string;
  workload: string;
  message: string;
}

/** The Deployments and StatefulSets of a built kustomization as they run on this machine. */
export function localWorkloads(objects: readonly unknown[], secrets: SecretValues): LocalWorkloads {
  const all = new LocalObjects(objects, secrets);
  const missing = new Map<string, MissingSecret>();
  const problems: WorkloadProblem[] = [];
  const workloads = [...all.ofKind('Deployment'), ...all.ofKind('StatefulSet')].map((object) => {
    const workload = textAt(object, 'metadata', 'name') ?? '';
    const namespace = namespaceOf(object);
    return workloadOf(object, all, {
      problem: (message) => void problems.push({ namespace, workload, message }),
      missing: (secret, key) => void missing.set(`${workload}\n${secret}\n${key}`, { workload, secret, key }),
    });
  });
  return { workloads, missing: [...missing.values()], problems };
}

type Notes = Pick<PodSources, 'problem' | 'missing'>;

function workloadOf(object: unknown, objects: LocalObjects, notes: Notes): LocalWorkload {
  const name = textAt(object, 'metadata', 'name') ?? '';
  const namespace = namespaceOf(object);
  const replicas = valueAt(object, 'spec', 'replicas');
  const count = typeof replicas === 'number' && replicas >= 0 ? replicas : 1;
  const services = localServices(object, objects);
  const deadline = valueAt(object, 'spec', 'progressDeadlineSeconds');
  return {
    namespace,
    name,
    server: name.replace(/(?<=.)-mcp$/, ''),
    replicas: count,
    strategy: strategyOf(object, count),
    progressDeadlineSeconds: typeof deadline === 'number' && deadline > 0 ? deadline : 600,
    template: planPod(object, services, { namespace, objects, ...notes }),
    services,
    path: pathOf(textAt(object, 'metadata', 'annotations', 'mcp-berth.dev/path')),
  };
}

function pathOf(annotation: string | undefined): string {
  return annotation?.startsWith('/') ? annotation : '/mcp';
}

function strategyOf(object: unknown, replicas: number): LocalWorkload['strategy'] {
  // A StatefulSet replaces its pods one by one.
  if (textAt(object, 'kind') === 'StatefulSet') return { type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 1 };
  if (textAt(object, 'spec', 'strategy', 'type') === 'Recreate')
    return { type: 'Recreate', maxSurge: 0, maxUnavailable: replicas };
  const rolling = valueAt(object, 'spec', 'strategy', 'rollingUpdate');
  const surge = share(valueAt(rolling, 'maxSurge') ?? '25%', replicas, Math.ceil);
  const unavailable = share(valueAt(rolling, 'maxUnavailable') ?? '25%', replicas, Math.floor);
  // Both may round to nothing; Kubernetes then lets one be unavailable, else no rollout could begin.
  return { type: 'RollingUpdate', maxSurge: surge, maxUnavailable: surge + unavailable === 0 ? 1 : unavailable };
}

function share(value: unknown, of: number, round: (value: number) => number): number {
  if (typeof value === 'number') return Math.max(0, value);
  const percent = typeof value === 'string' ? /^(\d{1,9})(%?)$/.exec(value) : undefined;
  if (!percent) return 0;
  return percent[2] === '%' ? round((Number(percent[1]) * of) / 100) : Number(percent[1]);
}
