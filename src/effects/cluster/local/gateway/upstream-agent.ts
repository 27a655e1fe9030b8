import { Agent } from 'node:http';
import type { Socket } from 'node:net';

/** Well below what servers allow (uvicorn and Node: 5 s), so that none closes a connection while a request is on its way. */
const idleMilliseconds = 2000;

class UpstreamAgent extends Agent {
  override keepSocketAlive(socket: Socket): boolean {
    socket.setKeepAlive(true, 1000);
    socket.unref();
    socket.setTimeout(idleMilliseconds);
    return true;
  }

  override reuseSocket(socket: Socket, request: { reusedSocket: boolean }): void {
    socket.setTimeout(0);
    request.reusedSocket = true;
    socket.ref();
  }
}

/** Keeps connections to pods open between requests. */
export const upstreamAgent = (): Agent => new UpstreamAgent({ keepAlive: true, scheduling: 'lifo' });
