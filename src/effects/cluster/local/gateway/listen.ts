import type { Server } from 'node:net';
import { BerthError } from '../../../../errors.ts';
import { portOwner } from './port-owner.ts';

/** On 127.0.0.1 and nowhere else. Errors: PORT_TAKEN, with the name of who may have it. */
export async function listen(server: Server, port: number, what: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host: '127.0.0.1' }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') {
      throw new BerthError('PORT_TAKEN', `${what} is not yours to open: ports below 1024 belong to the system`, {
        hint: 'Choose one above 1023.',
        cause: error,
      });
    }
    if (code !== 'EADDRINUSE') throw error;
    const owner = await portOwner(port);
    throw new BerthError('PORT_TAKEN', `${what} is taken${owner === undefined ? '' : ` by ${owner}`}`, {
      hint: 'End that program, or write another port into berth.yaml (gatewayPort) or the Service (nodePort).',
      cause: error,
    });
  }
}
