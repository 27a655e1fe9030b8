import type { LocalState } from '../../effects/cluster/local/local-cluster.ts';
import type { MissingSecret } from '../../local/types.ts';

export interface ServerStatus {
  name: string;
  namespace: string;
  url?: string;
  replicas: number;
  available: number;
  complete: boolean;
  restarts: number;
  image: string;
  /** What keeps it from being ready, in Kubernetes' words. */
  reason?: string;
  /** Newest first. */
  events: readonly string[];
}

export interface ClusterStatus {
  version: 1;
  cluster: string;
  kind: 'kubernetes' | 'local';
  running: boolean;
  source?: LocalState['source'];
  revision?: string;
  uncommitted?: readonly string[];
  error?: string;
  servers: readonly ServerStatus[];
  missing: readonly MissingSecret[];
}
