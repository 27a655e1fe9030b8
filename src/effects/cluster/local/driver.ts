import type { ContainerPlan, PodTemplate } from '../../../local/types.ts';

/** One pod on this machine: where its files are, and the address that the kubelet would call it by. */
export interface PodPlace {
  /** `weather-mcp-7d9f-x2k4q`. */
  name: string;
  namespace: string;
  workload: string;
  template: PodTemplate;
  /** Absolute; the driver keeps volumes, roots and process ids of this pod below it. */
  folder: string;
  /** A made-up pod address (10.244.0.7): probes send it as Host, as the kubelet does. Nothing listens there. */
  address: string;
}

export interface ContainerExit {
  exitCode: number;
  signal?: string;
  outOfMemory: boolean;
}

export interface RunningContainer {
  /** Port of the container → port on 127.0.0.1. */
  readonly ports: ReadonlyMap<number, number>;
  readonly pid?: number;
  readonly exited: Promise<ContainerExit>;
  /** SIGTERM to all of its processes, SIGKILL after the grace period. */
  stop(graceSeconds: number): Promise<void>;
  exec(command: readonly string[], signal: AbortSignal): Promise<{ exitCode: number; output: string }>;
}

/** How containers of a pod become processes of this machine, or of a container engine. */
export interface Driver {
  readonly kind: 'process' | 'container';
  /** Why this container cannot run here, in words with a next step; undefined: it can. */
  refusal(container: ContainerPlan, signal: AbortSignal): Promise<string | undefined>;
  /** What of a pod's manifest this driver does not enforce here, in words. */
  notEnforced?(template: PodTemplate, signal: AbortSignal): Promise<readonly string[]>;
  /** Makes volumes and roots of a pod; called once before its first container. */
  prepare(pod: PodPlace, signal: AbortSignal): Promise<void>;
  /** Starts a container (an init container too) and does not wait for its end. Both streams are appended to `logFile`, secrets masked. */
  start(pod: PodPlace, container: ContainerPlan, logFile: string, signal: AbortSignal): Promise<RunningContainer>;
  /** Takes away what the pod leaves: volumes, roots, containers. */
  dispose(pod: PodPlace): Promise<void>;
  /** Ends every process that an earlier berth started for this cluster and left; gives back what it ended. */
  sweep(): Promise<readonly string[]>;
}
