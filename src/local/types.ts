/** A Deployment or StatefulSet of the built kustomization, with everything that its pods need on this machine. */
export interface LocalWorkload {
  namespace: string;
  /** `weather-mcp`. */
  name: string;
  /** Without `-mcp`: the gateway serves `/<server>/mcp`. */
  server: string;
  replicas: number;
  strategy: { type: 'RollingUpdate' | 'Recreate'; maxSurge: number; maxUnavailable: number };
  progressDeadlineSeconds: number;
  /** What every pod of this template becomes. */
  template: PodTemplate;
  services: readonly LocalService[];
  /** The endpoint's path: `/mcp`. */
  path: string;
}

export interface LocalService {
  namespace: string;
  name: string;
  ports: readonly { name?: string; port: number; targetPort: number; nodePort?: number }[];
}

export interface PodTemplate {
  /** Of the pod template alone, as Kubernetes does it: a changed ConfigMap restarts nothing by itself. */
  hash: string;
  /** Of everything that the pod sees, ConfigMaps and Secrets too. */
  contentHash: string;
  /** The annotation `mcp-berth.dev/code-sha256`. */
  codeHash?: string;
  /** Of the container `mcp-server`, or the first. */
  image: string;
  initContainers: readonly ContainerPlan[];
  containers: readonly ContainerPlan[];
  volumes: ReadonlyMap<string, VolumePlan>;
  terminationGracePeriodSeconds: number;
  /** What this machine cannot enforce of the manifest, in words: said once. */
  notEnforced: readonly string[];
}

export type VolumePlan =
  /** ConfigMap, Secret or projected volume: relative path → content. */
  | {
      kind: 'files';
      files: ReadonlyMap<string, string | Uint8Array>;
      mode: number;
      /** Of single files, where an item has its own. */
      modes: ReadonlyMap<string, number>;
      secret: boolean;
    }
  | { kind: 'empty'; sizeLimitBytes?: number };

export interface ContainerPlan {
  name: string;
  image: string;
  command?: readonly string[];
  args?: readonly string[];
  workingDir?: string;
  /** Resolved but for what only the pod itself knows (`forPod`); some values are secrets. */
  env: Readonly<Record<string, string>>;
  /** Names in `env` whose values are secrets: they are masked in logs. */
  secretEnv: readonly string[];
  mounts: readonly { volume: string; mountPath: string; subPath?: string; readOnly: boolean }[];
  ports: readonly number[];
  memoryBytes?: number;
  user?: string;
  readOnlyRoot: boolean;
  startup?: Probe;
  readiness?: Probe;
  liveness?: Probe;
  /** From `mcp-berth.dev/package`: how the process driver runs a pre-built image. */
  package?: { registry: 'npm' | 'pypi'; name: string; version: string };
}

export interface Probe {
  action:
    | { kind: 'http'; path: string; port: number; scheme: 'HTTP' | 'HTTPS'; headers: Readonly<Record<string, string>> }
    | { kind: 'tcp'; port: number }
    | { kind: 'exec'; command: readonly string[] };
  initialDelaySeconds: number;
  periodSeconds: number;
  timeoutSeconds: number;
  successThreshold: number;
  failureThreshold: number;
}

/** A key of a Secret that a workload needs and nobody has given. */
export interface MissingSecret {
  workload: string;
  secret: string;
  /** `*`: all of its keys are asked for, and only the store that makes them knows their names. */
  key: string;
}

/** The values that this machine has for the Secrets of a platform. */
export interface SecretValues {
  value(secret: string, key: string): string | undefined;
  /** Every key that is known of a Secret. */
  all(secret: string): Readonly<Record<string, string>>;
}
