/** A workload and the pods that should carry it. */
export interface WorkloadRef {
  namespace: string;
  /** The Deployment's name: `weather-mcp`. */
  name: string;
}

export interface ObservedContainer {
  name: string;
  init: boolean;
  state: 'waiting' | 'running' | 'terminated';
  /** Kubernetes' own words: CrashLoopBackOff, OOMKilled, ErrImagePull, CreateContainerConfigError, … */
  reason?: string;
  message?: string;
  exitCode?: number;
  /** How it ended the last time, where it has been started again or waits for that. */
  lastTermination?: { reason: string; exitCode: number };
  restarts: number;
}

export interface ObservedPod {
  name: string;
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  ready: boolean;
  terminating: boolean;
  image: string;
  codeHash?: string;
  /** Revision of the pod template that it carries; equal to the workload's when it is current. */
  templateHash: string;
  containers: readonly ObservedContainer[];
  /** Newest events and probe results in words, newest first. */
  events: readonly string[];
  /** Of the container that matters most, secrets masked. */
  lastLogLines: readonly string[];
}

export interface ObservedWorkload {
  ref: WorkloadRef;
  image: string;
  codeHash?: string;
  templateHash: string;
  replicas: number;
  updated: number;
  available: number;
  /** All replicas are of this template and available, and no older pod is left. */
  complete: boolean;
  /** Kubernetes' word and why, where the rollout comes no further: ProgressDeadlineExceeded. */
  stalled?: string;
  pods: readonly ObservedPod[];
}

/** What a cluster answers about the platform. Both kinds (`kubernetes`, `local`) stand behind this one interface. */
export interface Cluster {
  readonly name: string;
  readonly kind: 'kubernetes' | 'local';
  /** `agentic (10.20.0.0/24, Argo CD)`: for the question before a change. */
  describe(): string;
  /** Brings the cluster up where that is ours to do (local: the detached supervisor), and asks it to look at Git now. */
  refresh(signal: AbortSignal): Promise<void>;
  /** The commit that was applied last, and what went wrong since. */
  synced(signal: AbortSignal): Promise<{ revision?: string; error?: string }>;
  observe(workload: WorkloadRef, signal: AbortSignal): Promise<ObservedWorkload | undefined>;
  observeAll(signal: AbortSignal): Promise<readonly ObservedWorkload[]>;
  /** Where to open a connection for a client URL of this cluster; undefined: the URL itself is reachable. */
  route(url: string, signal: AbortSignal): Promise<{ host: string; port: number; close(): Promise<void> } | undefined>;
  /** The URL that a client outside uses for a Service of this cluster, path included; undefined where it has none. */
  outsideUrl(service: {
    server: string;
    namespace: string;
    name: string;
    port?: number;
    nodePort?: number;
    path: string;
  }): string | undefined;
  logs(workload: WorkloadRef, options: { follow: boolean; tail: number; signal: AbortSignal }): AsyncIterable<string>;
  restart(workload: WorkloadRef, signal: AbortSignal): Promise<void>;
  /** The value of a Secret's key, for a header of ours only; never printed. */
  secretValue(namespace: string, secret: string, key: string, signal: AbortSignal): Promise<string | undefined>;
}
