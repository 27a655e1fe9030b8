import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { workloadOf } from '../../../../../test/support/local-workload.ts';
import { gatewayRoutes } from '../../../../local/gateway-routes.ts';
import { freePort } from '../../../free-port.ts';
import { Gateway } from './gateway.ts';
import type { Backend } from './session-book.ts';

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

interface Call {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

async function listening(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const backend = (name: string, port: number): Backend => ({ name, ports: new Map([[8080, port]]), inFlight: 0 });

async function openGateway(
  backends: Backend[],
  { nodePort, nodeAddress }: { nodePort?: number; nodeAddress?: string } = {},
) {
  const port = await freePort();
  const gateway = new Gateway({
    port,
    backends: () => backends,
    whyNone: async () => 'weather is not ready: CrashLoopBackOff',
  });
  await gateway.open();
  onTestFinished(async () => gateway.close());
  const ports = [{ port: 8080, targetPort: 8080, ...(nodePort === undefined ? {} : { nodePort }) }];
  const services = [{ namespace: 'ai-platform', name: 'weather-mcp', ports }];
  const problems = await gateway.setRoutes(gatewayRoutes([workloadOf({ services })], nodeAddress));
  return { port, gateway, problems, call: async (options: Call) => call(port, options) };
}

async function call(
  port: number,
  { path = '/weather/mcp', method = 'GET', headers = {}, body }: Call,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.once('error', reject);
    request.end(body);
  });
}

function later<T>() {
  const settle: { resolve: (value: T) => void } = { resolve: () => undefined };
  const promise = new Promise<T>((resolve) => {
    settle.resolve = resolve;
  });
  return { promise, resolve: (value: T) => settle.resolve(value) };
}

const echo: RequestListener = (request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.once('end', () => {
    response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
  });
};

test('a request reaches the server below its own path, with the Host of a client and its Authorization', async () => {
  const { call: through } = await openGateway([backend('a', await listening(echo))]);
  const headers = { Authorization: 'Bearer s3cret', 'Content-Type': 'application/json' };
  const { status, body } = await through({ path: '/weather/mcp?x=1', method: 'POST', headers, body: '{"a":1}' });
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    method: 'POST',
    url: '/mcp?x=1',
    headers: { host: 'weather-mcp.ai-platform.svc.cluster.local:8080', authorization: 'Bearer s3cret' },
    body: '{"a":1}',
  });
});

test('an inside URL reaches it by its Service, as it is', async () => {
  const { call: through } = await openGateway([backend('a', await listening(echo))]);
  const host = 'weather-mcp.ai-platform:8080';
  const { body } = await through({ path: '/mcp', headers: { Host: host } });
  expect(JSON.parse(body)).toMatchObject({ url: '/mcp', headers: { host } });
});

test('a NodePort listens on 127.0.0.1 and stands for the node', async () => {
  const nodePort = await freePort();
  const { problems } = await openGateway([backend('a', await listening(echo))], {
    nodePort,
    nodeAddress: '10.20.0.40',
  });
  expect(problems).toEqual([]);
  const { body } = await call(nodePort, { path: '/mcp' });
  expect(JSON.parse(body)).toMatchObject({ url: '/mcp', headers: { host: `10.20.0.40:${nodePort}` } });
});

describe('who may call', () => {
  test.each<[string, Record<string, string>, number]>([
    ['no browser', {}, 200],
    ['a page of this machine', { Origin: 'http://localhost:5173' }, 200],
    ['a page of the web', { Origin: 'https://evil.example' }, 403],
    ['a page whose name was given our address', { Host: 'evil.example:3100' }, 403],
    ['a page from nowhere', { Origin: 'null' }, 403],
    ['a name that begins like ours', { Host: 'localhost.evil.example' }, 403],
  ])('%s', async (_, headers, status) => {
    const { call: through } = await openGateway([backend('a', await listening(echo))]);
    expect((await through({ headers })).status).toBe(status);
  });
});

test('an unknown server is answered with those there are', async () => {
  const { call: through } = await openGateway([]);
  expect(await through({ path: '/wether/mcp' })).toMatchObject({
    status: 404,
    body: 'No such server. There are: /weather/\n',
  });
});

test('while no pod is ready the answer is 503 with the reason', async () => {
  const { call: through } = await openGateway([]);
  expect(await through({})).toMatchObject({ status: 503, body: 'weather is not ready: CrashLoopBackOff\n' });
});

test('a Service that leads to no port of the container says so', async () => {
  const { call: through } = await openGateway([{ name: 'a', ports: new Map([[3000, 1]]), inFlight: 0 }]);
  expect((await through({})).body).toContain('weather-mcp has no containerPort 8080');
});

test('a pod that closes the connection is a 502', async () => {
  const { call: through } = await openGateway([backend('a', await listening((request) => request.socket.destroy()))]);
  expect(await through({ method: 'POST', body: '{}' })).toMatchObject({
    status: 502,
    body: 'a did not answer: ECONNRESET\n',
  });
});

const redirecting: RequestListener = (request, response) => {
  const absolute = request.url === '/absolute' ? `http://${request.headers.host}` : '';
  response.writeHead(307, { Location: request.url === '/away' ? 'https://example.com/x' : `${absolute}/mcp/` }).end();
};

test('redirects stay below the name of the server', async () => {
  const { call: through } = await openGateway([backend('a', await listening(redirecting))]);
  expect((await through({ path: '/weather/mcp' })).headers.location).toBe('/weather/mcp/');
  expect((await through({ path: '/weather/absolute' })).headers.location).toBe('/weather/mcp/');
  expect((await through({ path: '/weather/away' })).headers.location).toBe('https://example.com/x');
});

describe('streams', () => {
  test('events pass one by one, and the path of the older transport gets its prefix', async () => {
    let stream: ServerResponse | undefined;
    const send = (text: string): void => void stream?.write(text);
    const streaming: RequestListener = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      stream = response;
      send('event: endpoint\ndata: /messages/?session_id=1\n\n');
    };
    const { port } = await openGateway([backend('a', await listening(streaming))]);
    const events: string[] = [];
    const request = httpRequest({ host: '127.0.0.1', port, path: '/weather/sse', agent: false });
    onTestFinished(() => void request.destroy());
    const next = async (response: IncomingMessage) =>
      new Promise<void>((resolve) => {
        response.once('data', (chunk: Buffer) => {
          events.push(chunk.toString());
          resolve();
        });
      });
    const response = await new Promise<IncomingMessage>((resolve) => {
      request.once('response', resolve);
      request.end();
    });
    await next(response);
    send('event: message\ndata: {"id":1}\n\n');
    await next(response);
    send('data: 2\n\n');
    await next(response);
    expect(events).toEqual([
      'event: endpoint\ndata: /weather/messages/?session_id=1\n\n',
      'event: message\ndata: {"id":1}\n\n',
      'data: 2\n\n',
    ]);
  });

  test('a long request arrives piece by piece', async () => {
    const first = later<string>();
    const { port } = await openGateway([
      backend(
        'a',
        await listening((request, response) => {
          request.once('data', (chunk: Buffer) => first.resolve(chunk.toString()));
          request.once('end', () => response.end('all'));
        }),
      ),
    ]);
    const request = httpRequest({ host: '127.0.0.1', port, path: '/weather/mcp', method: 'POST', agent: false });
    request.write('first');
    expect(await first.promise).toBe('first');
    const done = new Promise<number | undefined>((resolve) => {
      request.once('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
    });
    request.end('last');
    expect(await done).toBe(200);
  });

  test('a client that goes away takes its request along', async () => {
    const closed = later<void>();
    const pod = backend('a', await listening((_, response) => void response.once('close', closed.resolve)));
    const { port } = await openGateway([pod]);
    const request = httpRequest({ host: '127.0.0.1', port, path: '/weather/mcp', agent: false });
    request.on('error', () => undefined);
    request.end();
    await expect.poll(() => pod.inFlight).toBe(1);
    request.destroy();
    await closed.promise;
    await expect.poll(() => pod.inFlight).toBe(0);
  });
});

const starting =
  (name: string): RequestListener =>
  (request, response) => {
    if (!request.headers['mcp-session-id']) response.setHeader('Mcp-Session-Id', `session-${name}`);
    response.end(name);
  };

test('of several pods, the one that began a session gets all of it', async () => {
  const pods = [backend('a', await listening(starting('a'))), backend('b', await listening(starting('b')))];
  const { call: through } = await openGateway(pods);
  const begun = [await through({}), await through({})];
  expect(begun.map(({ body }) => body).toSorted()).toEqual(['a', 'b']);
  for (const { body, headers } of begun) {
    const session = { 'Mcp-Session-Id': String(headers['mcp-session-id']) };
    for (let turn = 0; turn < 4; turn += 1) expect((await through({ headers: session })).body).toBe(body);
  }
});

test('a port that is taken is refused, with the name of who has it', async () => {
  const port = await listening(echo);
  const gateway = new Gateway({ port, backends: () => [], whyNone: async () => '' });
  await expect(gateway.open()).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringMatching(new RegExp(`port ${port} is taken by .+ \\(process ${process.pid}\\)$`)),
  });
  const { problems } = await openGateway([], { nodePort: port });
  expect(problems).toEqual([expect.stringContaining(`nodePort ${port} of weather is taken by`)]);
});
