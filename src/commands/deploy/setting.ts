import type { Cluster } from '../../effects/cluster/cluster.ts';
import type { GitTarget } from '../../effects/git.ts';
import type { ReadYaml } from '../../kustomize/kustomization-of.ts';
import type { ClusterConfig, Platform } from '../../platform/types.ts';

/** What stays the same during one deploy, or one removal. */
export interface Setting {
  platform: Platform;
  cluster: Cluster;
  config: ClusterConfig;
  target: GitTarget;
  /** Of the server, without `-mcp`. */
  name: string;
  timeoutSeconds: number;
  read: ReadYaml;
}

/** `origin/main`, as people write it. */
export const whereTo = ({ remote, branch }: GitTarget): string => `${remote}/${branch}`;
