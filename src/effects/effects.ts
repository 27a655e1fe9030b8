import type { LocalClusterConfig, Platform } from '../platform/types.ts';
import type { Bundler } from './bundler.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { LocalCluster } from './cluster/local/local-cluster.ts';
import type { Files } from './files.ts';
import type { Git } from './git.ts';
import type { Handbook } from './handbook.ts';
import type { ImageRegistry } from './image-registry.ts';
import type { Machine } from './machine.ts';
import type { McpProber } from './mcp-prober.ts';
import type { Playground } from './playground.ts';
import type { Python } from './python.ts';
import type { Sources } from './sources.ts';
import type { Trust } from './trust.ts';

/** Everything outside the process, one small interface for each neighbour. */
export interface Effects {
  bundler: Bundler;
  files: Files;
  git: Git;
  handbook: Handbook;
  images: ImageRegistry;
  machine: Machine;
  mcp: McpProber;
  playground: Playground;
  python: Python;
  sources: Sources;
  trust: Trust;
  /** A variable of berth's own environment; what it holds may be a secret. */
  variable: (name: string) => string | undefined;
  /** The cluster of that name, as `berth.yaml` describes it. */
  cluster(platform: Platform, name: string): Promise<Cluster>;
  /** A cluster on this machine; one that `berth.yaml` does not list serves the working tree alone (`berth up`). */
  localCluster(platform: Platform, config: LocalClusterConfig): Promise<LocalCluster>;
}
