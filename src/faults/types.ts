import type { Judgement } from '../proof/judge.ts';
import type { Observation } from '../proof/types.ts';
import type { McpServer } from '../repository/types.ts';

/** What a cluster says about the pods behind an endpoint; absent for a bare URL. */
export interface PodEvidence {
  /** Kubernetes' own words for the container that matters most: CrashLoopBackOff, OOMKilled, … */
  reason?: string;
  exitCode?: number;
  restarts: number;
  ready: boolean;
  /** The value of `mcp-berth.dev/code-sha256` that the answering pod carries; absent where it carries none. */
  codeHash?: string;
  /** Newest first, in words. */
  events: readonly string[];
  /** Secrets masked; hostile all the same. */
  lastLogLines: readonly string[];
}

/** All that a fault may be named from: the wire always, log and manifest only for a server of the platform. */
export interface Evidence {
  observation: Observation;
  /** What the observation is worth: which expression missed, which tools changed since the lock. */
  judgement?: Judgement;
  pod?: PodEvidence;
  server?: McpServer;
  /** The code in the server's ConfigMap, by key. */
  code?: ReadonlyMap<string, string>;
}
