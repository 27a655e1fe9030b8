import type { Platform } from '../platform/types.ts';
import type { NodePortClaim } from './node-port-claims.ts';

/** The lowest port of the allocated range that nobody claims and that is not reserved; undefined where none is left. */
export function nextFreeNodePort(
  { allocate: [first, last], reserved }: Platform['nodePorts'],
  taken: Iterable<Pick<NodePortClaim, 'port'>>,
): number | undefined {
  const ports = new Set([...taken].map(({ port }) => port));
  for (let port = first; port <= last; port++) if (!ports.has(port) && !reserved.has(port)) return port;
  return undefined;
}

/** Claims that cannot all be granted. One Service may have a number for TCP and for UDP; two owners never share one. */
export function nodePortConflicts(claims: readonly NodePortClaim[]): readonly (readonly NodePortClaim[])[] {
  const byPort = new Map<number, NodePortClaim[]>();
  for (const claim of claims) byPort.set(claim.port, [...(byPort.get(claim.port) ?? []), claim]);
  return [...byPort.values()].filter(
    (same) => new Set(same.map(({ owner }) => owner)).size > 1 || same.some((claim) => same.some(clashesWith(claim))),
  );
}

/** Within one Service. An object that is written twice is another fault than its ports. */
const clashesWith =
  ({ owner, position, protocol }: NodePortClaim) =>
  (other: NodePortClaim): boolean =>
    other.position !== position &&
    owner.startsWith('Service ') &&
    other.position.file === position.file &&
    other.protocol === protocol;
