import type { ContainerPlan, PodTemplate, VolumePlan } from '../../src/local/types.ts';

/** A volume with the files of a ConfigMap. */
export function filesOf(files: Readonly<Record<string, string>>, secret = false): VolumePlan {
  return { kind: 'files', files: new Map(Object.entries(files)), mode: 0o644, modes: new Map(), secret };
}

export function containerOf(changes: Partial<ContainerPlan>): ContainerPlan {
  return {
    name: 'mcp-server',
    image: 'node:22-slim',
    env: {},
    secretEnv: [],
    mounts: [{ volume: 'code', mountPath: '/app', readOnly: true }],
    ports: [8080],
    readOnlyRoot: false,
    ...changes,
  };
}

export function templateOf(
  containers: readonly ContainerPlan[],
  volumes: Readonly<Record<string, VolumePlan>>,
  initContainers: readonly ContainerPlan[] = [],
): PodTemplate {
  return {
    hash: 'aaa',
    contentHash: 'aaa',
    image: containers[0]?.image ?? '',
    initContainers,
    containers,
    volumes: new Map(Object.entries(volumes)),
    terminationGracePeriodSeconds: 5,
    notEnforced: [],
  };
}
