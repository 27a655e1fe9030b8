import { createServer } from 'node:net';
import type { PodTemplate } from '../../../../local/types.ts';

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

async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('127.0.0.1 has no free port');
  return port;
}

async function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
