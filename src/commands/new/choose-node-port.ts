import { BerthError } from '../../errors.ts';
import type { ClusterConfig, Platform } from '../../platform/types.ts';
import { nodePortClaims } from '../../repository/node-port-claims.ts';
import { nextFreeNodePort } from '../../repository/node-ports.ts';
import type { Repository } from '../../repository/types.ts';

/** The port that was asked for, if it can be had, else the next free one. Errors: NODE_PORT_UNAVAILABLE. */
export function chooseNodePort(
  wanted: number | undefined,
  { platform, cluster, repository }: { platform: Platform; cluster: ClusterConfig; repository: Repository },
): number {
  const { nodePorts, servers } = platform;
  const [first, last] = nodePorts.accept;
  const claims = nodePortClaims(repository, cluster, servers.namespace);
  const free = nextFreeNodePort(nodePorts, claims);
  if (wanted === undefined && free !== undefined) return free;
  const hint = free === undefined ? 'Widen nodePorts.allocate in berth.yaml.' : `The next free one is ${free}.`;
  const unavailable = (message: string, at?: string): BerthError =>
    new BerthError('NODE_PORT_UNAVAILABLE', message, { hint, ...(at === undefined ? {} : { at }) });

  if (wanted === undefined) throw unavailable(`No node port is left in ${nodePorts.allocate.join('-')}`);
  if (wanted < first || wanted > last) throw unavailable(`Node port ${wanted} is not in ${first}-${last}`);
  const use = nodePorts.reserved.get(wanted);
  if (use !== undefined) throw unavailable(`Node port ${wanted} is kept for ${use}`, 'berth.yaml');
  const owner = claims.find(({ port }) => port === wanted);
  if (owner) {
    const { file, line, column } = owner.position;
    throw unavailable(`Node port ${wanted} is taken by ${owner.owner}`, `${file}:${line}:${column}`);
  }
  return wanted;
}
