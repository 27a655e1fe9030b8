import type { PlannedCommit } from './step.ts';

export interface Removal {
  server: string;
  cluster: string;
  namespace: string;
  workload: string;
  target: { remote: string; branch: string };
  /** Manifests and source, which go as a whole. */
  files: readonly string[];
  /** Kustomization, client files and lock, which lose what is about this server. */
  shared: readonly string[];
  timeoutSeconds: number;
}

export type RemovalStep =
  | ({ do: 'take-out'; files: readonly string[]; shared: readonly string[] } & PlannedCommit)
  | GoneStep;

export interface GoneStep {
  do: 'confirm-gone';
  cluster: string;
  namespace: string;
  workload: string;
  timeoutSeconds: number;
}

/** How a server leaves: out of Git in one commit, then off the cluster. */
export function planRemove(
  { server, cluster, namespace, workload, target, files, shared, timeoutSeconds }: Removal,
  observed: { onTarget: boolean; onCluster: boolean },
): (RemovalStep & { number: number; state: 'todo' | 'done' })[] {
  return [
    {
      number: 1,
      state: observed.onTarget ? 'todo' : 'done',
      do: 'take-out',
      files,
      shared,
      remote: target.remote,
      branch: target.branch,
      message: `Remove MCP server ${server}`,
      trailers: { 'Berth-Server': server },
    },
    {
      number: 2,
      state: observed.onTarget || observed.onCluster ? 'todo' : 'done',
      do: 'confirm-gone',
      cluster,
      namespace,
      workload,
      timeoutSeconds,
    },
  ];
}
