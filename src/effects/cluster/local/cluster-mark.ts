import { createHash } from 'node:crypto';

/** By which what belongs to a local cluster is told from what belongs to another. */
export function clusterMark(stateFolder: string): string {
  return createHash('sha256').update(stateFolder).digest('hex').slice(0, 16);
}
