import { type IncomingMessage, type RequestListener, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A real HTTP server for one test, on a port of its own. */
export async function serveHttp(listener: RequestListener): Promise<{ port: number; url: (path?: string) => string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: (path = '/mcp') => `http://127.0.0.1:${port}${path}` };
}

export interface ReceivedMessage {
  id?: number;
  method: string;
  params: Record<string, unknown>;
  request: IncomingMessage;
  response: ServerResponse;
}

/** What a hand-written server answers: a result, an error, or `undefined` where it has answered by itself. */
export type Answer = { result: unknown } | { error: { code: number; message: string } } | undefined;

/** A hand-written endpoint at `/mcp` that answers JSON; all else is 404. */
export function jsonRpc(
  answer: (message: ReceivedMessage) => Answer,
  options: { path?: string; headers?: Record<string, string> } = {},
): RequestListener {
  return (request, response) => {
    void readBody(request).then((body) => {
      const path = new URL(request.url ?? '/', 'http://host').pathname;
      if (request.method !== 'POST' || path !== (options.path ?? '/mcp')) {
        response.writeHead(path === (options.path ?? '/mcp') ? 405 : 404).end();
        return;
      }
      const message = JSON.parse(body) as Omit<ReceivedMessage, 'request' | 'response'>;
      if (message.id === undefined) {
        response.writeHead(202).end();
        return;
      }
      const answered = answer({ ...message, params: message.params ?? {}, request, response });
      if (answered === undefined) return;
      response.writeHead(200, { 'content-type': 'application/json', ...options.headers });
      response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...answered }));
    });
  };
}

const emptySchema = { type: 'object', properties: {} };

/** What an ordinary server of the legacy era says; `changes` by method. */
export function legacyAnswers(changes: Record<string, (message: ReceivedMessage) => Answer> = {}) {
  return (message: ReceivedMessage): Answer => {
    const changed = changes[message.method];
    if (changed) return changed(message);
    switch (message.method) {
      case 'initialize':
        return {
          result: {
            protocolVersion: '2025-06-18',
            capabilities: { tools: {} },
            serverInfo: { name: 'raw', version: '1' },
          },
        };
      case 'tools/list':
        return { result: { tools: [{ name: 'ping', inputSchema: emptySchema, annotations: { readOnlyHint: true } }] } };
      case 'tools/call':
        return { result: { content: [{ type: 'text', text: 'pong' }] } };
      default:
        return { error: { code: -32601, message: 'Method not found' } };
    }
  };
}

export async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
