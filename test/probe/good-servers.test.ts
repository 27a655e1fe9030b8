import type { RequestListener, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer, createMcpHandler } from '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { realProber } from '../../src/effects/probe/real-prober.ts';
import { contractOf } from '../../src/proof/contract-of.ts';
import type { ProbeRequest } from '../../src/proof/types.ts';
import { jsonRpc, legacyAnswers, readBody, serveHttp } from '../support/mcp-http-server.ts';

const probe = async (url: string, changes: Partial<ProbeRequest> = {}) =>
  realProber().probe(
    { endpoint: { url, headers: {} }, mayPickTool: true, timeoutMilliseconds: 20_000, ...changes },
    new AbortController().signal,
  );

function sdkServer(): McpServer {
  const server = new McpServer({ name: 'weather', version: '1.2.3' });
  const add = { inputSchema: z.object({ a: z.number().int(), b: z.number().int() }), description: 'Add two integers' };
  server.registerTool('add', add, async ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }] }));
  const now = { description: 'Current weather', annotations: { readOnlyHint: true } };
  server.registerTool('now', now, async () => ({ content: [{ type: 'text', text: 'sunny' }] }));
  server.registerPrompt('greet', { description: 'Say hello' }, async () => ({ messages: [] }));
  return server;
}

const sdkListener = () => toNodeHandler(createMcpHandler(sdkServer)) as RequestListener;

describe('a server of the TypeScript SDK', () => {
  test('is spoken to in the newest revision, and known to speak the older ones', async () => {
    const { url } = await serveHttp(sdkListener());
    const seen = await probe(url(), { canary: { tool: 'add', args: { a: 2, b: 3 } }, healthPath: '/health' });
    expect(seen).toMatchObject({
      connected: {
        transport: 'streamable-http',
        era: 'modern',
        protocolVersion: '2026-07-28',
        server: { name: 'weather', version: '1.2.3' },
      },
      protocolVersions: ['2025-11-25', '2026-07-28'],
      tools: [{ name: 'add' }, { name: 'now' }],
      prompts: [{ name: 'greet' }],
      call: { tool: 'add', args: { a: 2, b: 3 }, result: { isError: false, text: '5' } },
    });
    expect(seen).not.toHaveProperty('failure');
    expect(seen).not.toHaveProperty('unstableTools');
    const { request, status } = seen.exchanges[0] ?? {};
    expect([request, status]).toEqual(['POST /mcp server/discover', 200]);
    expect(seen.exchanges.some((exchange) => exchange.request === 'GET /health')).toBe(true);
  });

  test('has a tool picked that only reads and needs nothing, where that is allowed', async () => {
    const { url } = await serveHttp(sdkListener());
    expect((await probe(url())).call).toMatchObject({ tool: 'now', result: { text: 'sunny' } });
    expect((await probe(url(), { mayPickTool: false })).call).toBeUndefined();
  });

  test('has the same contract in both eras', async () => {
    const handler = sdkListener();
    const both = await serveHttp(handler);
    const old = await serveHttp((request, response) => {
      if (request.headers['mcp-method'] === undefined) handler(request, response);
      else response.writeHead(400).end();
    });
    const [modern, legacy] = [await probe(both.url()), await probe(old.url())];
    expect([modern.connected?.era, legacy.connected?.era]).toEqual(['modern', 'legacy']);
    expect(contractOf(legacy)).toEqual(contractOf(modern));
  });
});

const tool = (name: string) => ({ name, inputSchema: { type: 'object' } });

const eventWriter = (response: ServerResponse) => (message: object) =>
  response.write(`data: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\r\n\r\n`);

const initialize = ({ params }: { params: Record<string, unknown> }) =>
  params['protocolVersion'] === '2025-03-26'
    ? { result: { protocolVersion: '2025-03-26', capabilities: {} } }
    : { error: { code: -32602, message: 'Unsupported protocol version' } };

describe('a server of the legacy era', () => {
  test('names its own revision, and gets the session that it opened given back', async () => {
    const log: string[] = [];
    const headers = { 'mcp-session-id': 'abc' };
    const rpc = jsonRpc(legacyAnswers(), { headers });
    const { url } = await serveHttp((request, response) => {
      const { 'mcp-session-id': session = '-', 'mcp-protocol-version': version = '-' } = request.headers;
      log.push(`${request.method} ${String(session)} ${String(version)}`);
      if (request.method === 'DELETE') response.writeHead(200).end();
      else rpc(request, response);
    });
    const seen = await probe(url());
    expect(seen).toMatchObject({
      connected: { era: 'legacy', protocolVersion: '2025-06-18', server: { name: 'raw' } },
      protocolVersions: ['2025-06-18'],
      call: { tool: 'ping', result: { text: 'pong' } },
    });
    expect(log.slice(1)).toEqual([
      'POST - -',
      ...Array.from({ length: 4 }, () => 'POST abc 2025-06-18'),
      'DELETE abc 2025-06-18',
    ]);
    expect(JSON.stringify(seen)).not.toContain('"abc"');
  });

  test('is asked for older revisions where it refuses the newest', async () => {
    const { url } = await serveHttp(jsonRpc(legacyAnswers({ initialize })));
    expect((await probe(url())).connected).toMatchObject({ protocolVersion: '2025-03-26' });
  });

  test('may ask its client something before it answers', async () => {
    const answers: unknown[] = [];
    let waiting: (() => void) | undefined;
    const { url } = await serveHttp((request, response) => {
      void readBody(request).then((body) => {
        const message = JSON.parse(body) as { id: number; method?: string };
        if (message.method === undefined) {
          answers.push(message);
          response.writeHead(202).end();
          if (answers.length === 2) waiting?.();
        } else if (message.method === 'tools/call') {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          const event = eventWriter(response);
          event({ id: 90, method: 'ping' });
          event({ id: 91, method: 'sampling/createMessage', params: {} });
          event({ method: 'notifications/progress', params: {} });
          waiting = () => {
            event({ id: message.id, result: { content: [{ type: 'text', text: 'done' }] } });
            // The stream stays open: the answer is enough.
          };
        } else {
          const answered = legacyAnswers()({ ...message, method: message.method, params: {}, request, response });
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...answered }));
        }
      });
    });
    expect((await probe(url())).call?.result?.text).toBe('done');
    expect(answers).toMatchObject([
      { id: 90, result: {} },
      { id: 91, error: { code: -32601 } },
    ]);
  });

  test('may close its stream and answer when it is asked again', async () => {
    const rpc = jsonRpc(
      legacyAnswers({
        'tools/call': ({ response }) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.end('id: e1\nretry: 10\ndata:\n\n');
          return undefined;
        },
      }),
    );
    let callId = 0;
    const { url } = await serveHttp((request, response) => {
      if (request.method === 'GET' && request.headers['last-event-id'] === 'e1') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const text = JSON.stringify({
          jsonrpc: '2.0',
          id: callId,
          result: { content: [{ type: 'text', text: 'late' }] },
        });
        response.end(`data: ${text}\n\n`);
      } else rpc(request, response);
    });
    callId = 3;
    expect((await probe(url())).call?.result?.text).toBe('late');
  });

  test('has lists of several pages', async () => {
    const { url } = await serveHttp(
      jsonRpc(
        legacyAnswers({
          'tools/list': ({ params }) =>
            params['cursor'] === 'two'
              ? { result: { tools: [tool('c')] } }
              : { result: { tools: [tool('a'), tool('b')], nextCursor: 'two' } },
        }),
      ),
    );
    expect((await probe(url())).tools?.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
});

test('a server of HTTP+SSE is found behind its event stream', async () => {
  let stream: ServerResponse | undefined;
  const { url } = await serveHttp((request, response) => {
    if (request.method === 'GET' && request.url === '/sse') {
      stream = response;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: endpoint\r\ndata: /messages?session=1\r\n\r\n');
    } else if (request.method === 'POST' && request.url === '/messages?session=1') {
      void readBody(request).then((body) => {
        response.writeHead(202).end('Accepted');
        const message = JSON.parse(body) as { id?: number; method: string };
        if (message.id === undefined) return;
        const answered = legacyAnswers()({ ...message, params: {}, request, response });
        const text = JSON.stringify({ jsonrpc: '2.0', id: message.id, ...answered });
        stream?.write(`event: message\r\ndata: ${text}\r\n\r\n`);
      });
    } else response.writeHead(405).end();
  });
  expect(await probe(url('/sse'))).toMatchObject({
    connected: { transport: 'sse', era: 'legacy', protocolVersion: '2025-06-18' },
    call: { result: { text: 'pong' } },
  });
});

describe('a server behind another address', () => {
  test('sees the Host of the URL and the headers of the user, wherever the connection goes', async () => {
    const seen = new Set<string>();
    const rpc = jsonRpc(legacyAnswers());
    const { port } = await serveHttp((request, response) => {
      seen.add(`${String(request.headers.host)} ${String(request.headers.authorization)}`);
      rpc(request, response);
    });
    const endpoint = {
      url: 'http://weather-mcp.ai-platform.svc.cluster.local:8080/mcp',
      connectTo: { host: '127.0.0.1', port },
      headers: { authorization: 'Bearer secret-token' },
    };
    expect((await probe(endpoint.url, { endpoint })).call?.result?.text).toBe('pong');
    expect([...seen]).toEqual(['weather-mcp.ai-platform.svc.cluster.local:8080 Bearer secret-token']);
  });

  test('may redirect, and is told where to', async () => {
    const rpc = jsonRpc(legacyAnswers(), { path: '/mcp/' });
    const { url } = await serveHttp((request, response) => {
      if (request.url === '/mcp')
        response.writeHead(307, { location: `http://${String(request.headers.host)}/mcp/` }).end();
      else rpc(request, response);
    });
    const seen = await probe(url());
    expect(seen.connected).toMatchObject({ era: 'legacy', redirectedTo: '/mcp/' });
    expect(seen.exchanges.slice(0, 2).map(({ request, status }) => `${request} ${status}`)).toEqual([
      'POST /mcp server/discover 307',
      'POST /mcp/ server/discover 200',
    ]);
  });
});
