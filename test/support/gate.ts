import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { freePort } from '../../src/effects/free-port.ts';

export interface Gate {
  /** Answers no request until the gate is opened. */
  url: string;
  /** Somebody waits at it. */
  reached: Promise<unknown>;
  open: () => void;
}

/** What holds a process up at a known place, for as long as a test needs it there. */
export async function gate(): Promise<Gate> {
  const waiting: ServerResponse[] = [];
  const port = await freePort();
  const server = createServer((_, response) => void waiting.push(response)).listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    reached: once(server, 'request'),
    open: () => {
      for (const response of waiting) response.end();
    },
  };
}
