/** A container as a pod asks for it; what is absent is the image's own. */
export interface ContainerSpec {
  name: string;
  image: string;
  /** How it is found again, whoever started it. */
  labels: Readonly<Record<string, string>>;
  /** Replaces the image's entrypoint, as `command` does in a pod. */
  command?: readonly string[];
  /** Replaces the image's command, as `args` does in a pod. */
  args?: readonly string[];
  /** Values never become arguments: other users see those. */
  env: Readonly<Record<string, string>>;
  workingDir?: string;
  hostname?: string;
  /** `1000` or `1000:1000`. */
  user?: string;
  mounts: readonly ContainerMount[];
  /** Ports of the container that are reached on 127.0.0.1; the engine picks the host's port where none is given. */
  publish: readonly { containerPort: number; hostPort?: number }[];
  /** Id of the container whose network it shares, as the containers of a pod do. It publishes nothing itself then. */
  networkOf?: string;
  memoryBytes?: number;
  readOnlyRoot?: boolean;
}

export interface ContainerMount {
  source: string;
  target: string;
  readOnly: boolean;
}

export interface ContainerState {
  id: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  image: string;
  status: 'created' | 'running' | 'exited';
  /** Of one that has exited. */
  exitCode?: number;
  outOfMemory: boolean;
  /** What the engine says where it could not even start it. */
  error?: string;
  startedAt?: string;
  finishedAt?: string;
  /** Port of the container → port on 127.0.0.1. */
  ports: ReadonlyMap<number, number>;
}

/** What an image says about itself. */
export interface ImageConfig {
  /** Content-addressed name where a registry gave one: `ghcr.io/x/y@sha256:…`. */
  digest?: string;
  /** Empty: root. */
  user: string;
  entrypoint: readonly string[];
  command: readonly string[];
  workingDir: string;
  ports: readonly number[];
}

/** podman or Docker. One that is installed and does not answer is none. */
export interface ContainerEngine {
  readonly name: 'podman' | 'docker';
  readonly version: string;
  /** Starts a container and does not wait for its end. The image must be there. Gives its id. */
  start(spec: ContainerSpec, signal: AbortSignal): Promise<string>;
  /** Those that exist, in any order. */
  inspect(ids: readonly string[], signal: AbortSignal): Promise<readonly ContainerState[]>;
  /** All with this label, ended ones too. */
  list(label: { key: string; value?: string }, signal: AbortSignal): Promise<readonly ContainerState[]>;
  /** The exit code, once it has ended. */
  wait(id: string, signal: AbortSignal): Promise<number>;
  /** SIGTERM, and SIGKILL after the grace period. */
  stop(id: string, graceSeconds: number): Promise<void>;
  /** With all that is its own; quietly where it is gone. */
  remove(id: string): Promise<void>;
  /** Lines of both streams. */
  logs(id: string, options: { follow: boolean; tail?: number; signal: AbortSignal }): AsyncIterable<string>;
  /** Runs a command beside the container's own, for probes. */
  exec(id: string, command: readonly string[], signal: AbortSignal): Promise<{ exitCode: number; output: string }>;
  /** Undefined where the image is not on this machine. */
  image(reference: string, signal: AbortSignal): Promise<ImageConfig | undefined>;
  pull(reference: string, signal: AbortSignal): Promise<void>;
}
