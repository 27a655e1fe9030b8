import { request as httpRequest } from 'node:http';
import { BerthError } from '../../../../errors.ts';
import type { WorkloadRef } from '../../cluster.ts';
import type { LocalState } from '../local-cluster.ts';

/** Speaks to a running supervisor. */
export function controlClient(socketPath: string) {
  const send = async (method: string, path: string, signal: AbortSignal): Promise<{ status: number; body: unknown }> =>
    new Promise((resolve, reject) => {
      const request = httpRequest({ socketPath, method, path, signal, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          try {
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) });
          } catch (error) {
            reject(error);
          }
        });
      });
      request.once('error', reject);
      request.end();
    });
  const call = async (
    method: string,
    path: string,
    signal: AbortSignal,
  ): Promise<{ status: number; body: unknown }> => {
    try {
      return await send(method, path, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw new BerthError('CLUSTER_UNREACHABLE', "The local cluster's supervisor did not answer", {
        hint: 'Run "berth down", then start again. Its own words are in .berth/state, in supervisor.log.',
        cause: error,
      });
    }
  };

  return {
    /** At once, or as soon as it is newer than `after`. */
    state: async (signal: AbortSignal, after = 0) =>
      (await call('GET', `/state?after=${after}`, signal)).body as LocalState,
    refresh: async (signal: AbortSignal) => void (await call('POST', '/refresh', signal)),
    stop: async (signal: AbortSignal) => void (await call('POST', '/stop', signal)),
    /** Whether there is such a workload. */
    async restart({ namespace, name }: WorkloadRef, signal: AbortSignal): Promise<boolean> {
      const query = new URLSearchParams({ namespace, name });
      return (await call('POST', `/restart?${query.toString()}`, signal)).status === 200;
    },
  };
}
