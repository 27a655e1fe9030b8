import type { PodTemplate } from '../../../../local/types.ts';
import { freePort, listenOnce } from '../../../free-port.ts';

/** Gives every port of a pod one of 127.0.0.1 that is free now; `before` are those it had, kept where they still are. */
export async function pickPorts(
  { containers, initContainers }: PodTemplate,
  before: ReadonlyMap<number, number> = new Map(),
): Promise<ReadonlyMap<number, number>> {
  const ports = new Map<number, number>();
  for (const port of new Set([...initContainers, ...containers].flatMap((container) => container.ports))) {
    const last = before.get(port);
    ports.set(port, (last !== undefined && (await listenOnce(last))) || (await freePort()));
  }
  return ports;
}
