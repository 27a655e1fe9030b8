import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { realProber } from '../../src/effects/probe/real-prober.ts';
import type { ProbeRequest } from '../../src/proof/types.ts';
import { jsonRpc, legacyAnswers, serveHttp } from '../support/mcp-http-server.ts';

const probe = async (url: string, changes: Partial<ProbeRequest> = {}, signal = new AbortController().signal) =>
  realProber().probe(
    { endpoint: { url, headers: {} }, mayPickTool: true, timeoutMilliseconds: 1500, ...changes },
    signal,
  );

const html = '<html><body>It works!</body></html>';
const huge = Buffer.alloc(1024 * 1024, 'x');
const tool = (name: string, description?: string) => ({
  name,
  inputSchema: { type: 'object' },
  annotations: { readOnlyHint: true },
  ...(description === undefined ? {} : { description }),
});
let listed = 0;

const connecting: Record<string, [RequestListener, RegExp]> = {
  hangs: [() => undefined, /^no answer in time$/],
  'sends a head and hangs': [
    (_, response) => response.writeHead(200).flushHeaders(),
    /^HTTP 200, and no end of the answer in time$/,
  ],
  'answers with HTML': [
    (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html),
    /^HTTP 200 \(text\/html\) without a JSON-RPC answer$/,
  ],
  'sends without end': [
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const send = (): unknown => response.destroyed || response.write(huge, () => setImmediate(send));
      send();
    },
    /^HTTP 200, and an answer without end$/,
  ],
  'streams events without end': [
    (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write('data: {"jsonrpc":"2.0","method":"notifications/x"}\n\n'), 20);
      response.on('close', () => clearInterval(timer));
    },
    /^HTTP 200, and no end of the answer in time$/,
  ],
  'breaks off in the middle': [
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"jsonrpc":', () => response.destroy());
    },
    /^HTTP 200, and the connection broke off \(ECONNRESET\)$/,
  ],
  'closes without a word': [(request) => request.socket.destroy(), /^no answer \(ECONNRESET\)$/],
  'answers 500': [
    (_, response) => response.writeHead(500).end('Internal Server Error'),
    /^HTTP 500: Internal Server Error$/,
  ],
  'answers 401': [(_, response) => response.writeHead(401).end(), /^HTTP 401$/],
  'answers 421': [
    (_, response) => response.writeHead(421).end('Invalid Host header'),
    /^HTTP 421: Invalid Host header$/,
  ],
  'redirects in circles': [(_, response) => response.writeHead(307, { location: '/mcp' }).end(), /^HTTP 307$/],
  'sends clients to another host': [
    (_, response) => response.writeHead(307, { location: 'http://metadata.internal/mcp' }).end(),
    /^HTTP 307$/,
  ],
  'nests without end': [
    (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('['.repeat(1_000_000)),
    /without a JSON-RPC answer$/,
  ],
  'answers the handshake with a revision that nobody knows': [
    jsonRpc(legacyAnswers({ initialize: () => ({ result: { protocolVersion: '2031-01-01', capabilities: {} } }) })),
    /^answers initialize with protocol version 2031-01-01$/,
  ],
};

describe('no connection to a server that', () => {
  test.each(Object.entries(connecting))('%s', async (_, [listener, message]) => {
    const { url } = await serveHttp(listener);
    const seen = await probe(url());
    expect(seen).not.toHaveProperty('connected');
    expect(seen.failure).toEqual({ stage: 'connect', message: expect.stringMatching(message) });
    for (const { body } of seen.exchanges) expect(body?.length ?? 0).toBeLessThanOrEqual(4096);
  });

  test('is not there', async () => {
    const { url } = await serveHttp(() => undefined);
    const free = url().replace(/:\d+/, ':1');
    expect((await probe(free)).failure?.message).toBe('no answer (ECONNREFUSED)');
  });

  test('speaks another protocol', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const seen = await probe(`http://127.0.0.1:${port}/mcp`);
    expect(seen.failure?.message).toMatch(/^no answer \((HPE_|ECONNRESET)/);
  });
});

const afterwards: Record<string, [RequestListener, object]> = {
  'has a list that turns in circles': [
    jsonRpc(legacyAnswers({ 'tools/list': () => ({ result: { tools: [tool('a')], nextCursor: 'x' } }) })),
    { stage: 'list', message: 'tools/list: the same cursor comes twice, the list turns in circles' },
  ],
  'has a list without end': [
    jsonRpc(
      legacyAnswers({
        'tools/list': () => ({ result: { tools: [tool('a')], nextCursor: String(listed++) } }),
      }),
    ),
    { stage: 'list', message: 'tools/list: more than 50 pages' },
  ],
  'has a tool without a schema': [
    jsonRpc(legacyAnswers({ 'tools/list': () => ({ result: { tools: [{ name: 'a' }] } }) })),
    { stage: 'list', message: 'tools/list: tool a has no inputSchema of an object' },
  ],
  'fails every call': [
    jsonRpc(legacyAnswers({ 'tools/call': () => ({ error: { code: -32603, message: 'boom\u001b[2J' } }) })),
    { stage: 'call', message: 'ping: boom [2J (JSON-RPC error -32603)' },
  ],
  'hangs at the call': [
    jsonRpc(legacyAnswers({ 'tools/call': () => undefined })),
    { stage: 'call', message: 'ping: no answer in time' },
  ],
};

describe('connected, and then a server that', () => {
  test.each(Object.entries(afterwards))('%s', async (_, [listener, failure]) => {
    const { url } = await serveHttp(listener);
    const seen = await probe(url());
    expect(seen.connected).toMatchObject({ protocolVersion: '2025-06-18' });
    expect(seen.failure).toEqual(failure);
  });

  test('changes its tools between two looks', async () => {
    let looks = 0;
    const { url } = await serveHttp(
      jsonRpc(
        legacyAnswers({
          'tools/list': () => ({
            result: { tools: [tool('a', `the ${looks++}. time`), tool('b'), ...(looks > 1 ? [tool('c')] : [])] },
          }),
        }),
      ),
    );
    expect(await probe(url())).toMatchObject({ unstableTools: ['a', 'c'] });
  });

  test('asks for input in place of an answer, in the modern era', async () => {
    const { url } = await serveHttp(
      jsonRpc(({ method }) => {
        if (method === 'server/discover') {
          return { result: { supportedVersions: ['2026-07-28'], capabilities: { tools: {} } } };
        }
        if (method === 'tools/list') return { result: { tools: [tool('ask')] } };
        return { result: { resultType: 'input_required', inputRequests: { name: {} }, requestState: 's' } };
      }),
    );
    expect((await probe(url())).failure).toEqual({
      stage: 'call',
      message: 'ask: asks its client for input (name) in place of an answer',
    });
  });
});

test('an endpoint that is not there: the places where servers are found are asked', async () => {
  const { url } = await serveHttp(jsonRpc(legacyAnswers(), { path: '/mcp/mcp' }));
  const seen = await probe(url(), { healthPath: '/health' });
  expect(seen.failure).toEqual({ stage: 'connect', message: 'HTTP 404' });
  const asked = seen.exchanges.map(({ request, status }) => `${request} ${String(status)}`);
  expect(asked.filter((line) => line !== 'GET /health 404')).toEqual([
    'POST /mcp server/discover 404',
    'POST /mcp initialize 404',
    'GET /mcp 404',
    'POST /mcp/mcp initialize 200',
    'POST /mcp/ initialize 404',
    'POST / initialize 404',
    'GET /sse 404',
  ]);
});

test('secrets that a server says back are nowhere in what was seen', async () => {
  const secret = 'top"secret/token';
  const { url } = await serveHttp((request, response) => {
    const said = request.headers.authorization ?? '';
    response.writeHead(401, { 'www-authenticate': `Bearer error="${said}"`, 'set-cookie': 'id=42' });
    response.end(JSON.stringify({ error: `${said} is wrong` }));
  });
  const seen = await probe(url(), { endpoint: { url: url(), headers: { authorization: `Bearer ${secret}` } } });
  expect(seen.exchanges[0]).toMatchObject({
    status: 401,
    headers: { 'set-cookie': '***' },
    body: '{"error":"*** is wrong"}',
  });
  expect(JSON.stringify(seen)).not.toContain('secret/token');
});

test('whoever wants to stop is obeyed at once', async () => {
  const { url } = await serveHttp(() => undefined);
  const controller = new AbortController();
  const probing = probe(url(), { timeoutMilliseconds: 60_000 }, controller.signal);
  controller.abort(new Error('stop'));
  await expect(probing).rejects.toThrow('stop');
});
