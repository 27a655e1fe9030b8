import type { LocalClusterConfig, Platform } from '../platform/types.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { LocalCluster } from './cluster/local/local-cluster.ts';
import type { Files } from './files.ts';
import type { Git } from './git.ts';
import type { Handbook } from './handbook.ts';
import type { Machine } from './machine.ts';
import type { McpProber } from './mcp-prober.ts';

/** Everything outside the process, one small interface for each neighbour. */
export interface Effects {
  files: Files;
  git: Git;
  handbook: Handbook;
  machine: Machine;
  mcp: McpProber;
  /** A variable of berth's own environment; what it holds may be a secret. */
  variable: (name: string) => string | undefined;
  /** The cluster of that name, as `berth.yaml` describes it. */
  cluster(platform: Platform, name: string): Promise<Cluster>;
  /** A cluster on this machine; one that `berth.yaml` does not list serves the working tree alone (`berth up`). */
  localCluster(platform: Platform, config: LocalClusterConfig): Promise<LocalCluster>;
}
