import type { MissingSecret } from '../../../local/types.ts';
import type { Cluster, ObservedWorkload } from '../cluster.ts';

/** Where the objects of a local cluster come from. */
export type LocalSource =
  /** `berth up`: what is saved. `servers` narrows it down to some of them. */
  | { kind: 'working tree'; servers: readonly string[] }
  /** As a deploy target: what a branch has, followed as Argo CD would. */
  | { kind: 'git'; remote: string; branch: string };

export interface LocalServer {
  /** Without `-mcp`. */
  name: string;
  /** On 127.0.0.1, through the gateway. */
  url: string;
  workload: ObservedWorkload;
  /** Why it cannot run here, in words with a next step. */
  refusal?: string;
  /** What this machine cannot enforce of its manifest. */
  notEnforced: readonly string[];
}

/** A local cluster at one moment. */
export interface LocalState {
  /** Grows with every change. */
  version: number;
  pid: number;
  source: LocalSource;
  /** The commit that was applied last, or the one that the working tree began with. */
  revision?: string;
  /** Files of the working tree that differ from HEAD, where that is the source. */
  uncommitted: readonly string[];
  error?: string;
  servers: readonly LocalServer[];
  missing: readonly MissingSecret[];
}

/** What only a local cluster can do, beside what every cluster can. */
export interface LocalCluster extends Cluster {
  readonly kind: 'local';
  readonly gatewayPort: number;
  /**
   * Runs the working tree until the signal ends it, then stops all of it, and then returns. `changed` sees every new
   * state. Errors: CLUSTER_BUSY where another supervisor runs it, PORT_TAKEN.
   */
  up(options: { servers: readonly string[]; changed: (state: LocalState) => void; signal: AbortSignal }): Promise<void>;
  /** undefined where nothing runs. */
  state(signal: AbortSignal): Promise<LocalState | undefined>;
  /** Stops what runs, and what a supervisor that died has left; gives back what it ended. */
  down(signal: AbortSignal): Promise<readonly string[]>;
}
