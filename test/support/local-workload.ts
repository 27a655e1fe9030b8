import type { ContainerPlan, LocalWorkload, Probe } from '../../src/local/types.ts';

/** A probe every 100 ms … as often as whole seconds allow: 1 s. */
export function httpProbeOf(path: string, changes: Partial<Probe> = {}): Probe {
  return {
    action: { kind: 'http', path, port: 8080, scheme: 'HTTP', headers: {} },
    initialDelaySeconds: 0,
    periodSeconds: 1,
    timeoutSeconds: 5,
    successThreshold: 1,
    failureThreshold: 3,
    ...changes,
  };
}

/** A container that runs JavaScript with the running Node. */
export function nodeContainer(code: string, changes: Partial<ContainerPlan> = {}): ContainerPlan {
  return {
    name: 'mcp-server',
    image: 'node:22-slim',
    command: [process.execPath, '-e', code],
    env: {},
    secretEnv: [],
    mounts: [],
    ports: [8080],
    readOnlyRoot: false,
    ...changes,
  };
}

export interface WorkloadChanges extends Partial<Omit<LocalWorkload, 'template'>> {
  hash?: string;
  init?: readonly ContainerPlan[];
  containers?: readonly ContainerPlan[];
  grace?: number;
}

export function workloadOf({
  hash = 'aaa',
  init = [],
  containers = [],
  grace = 5,
  ...changes
}: WorkloadChanges): LocalWorkload {
  const name = changes.name ?? 'weather-mcp';
  return {
    namespace: 'ai-platform',
    name,
    server: name.replace(/-mcp$/, ''),
    replicas: 1,
    strategy: { type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 },
    progressDeadlineSeconds: 600,
    path: '/mcp',
    services: [{ namespace: 'ai-platform', name, ports: [{ port: 8080, targetPort: 8080 }] }],
    template: {
      hash,
      contentHash: hash,
      image: 'node:22-slim',
      initContainers: init,
      containers,
      volumes: new Map(),
      terminationGracePeriodSeconds: grace,
      notEnforced: [],
    },
    ...changes,
  };
}
