import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../../free-port.ts';
import { httpProbe } from './http-probe.ts';

const address = '10.244.0.7';

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

async function probe(port: number, path = '/health', headers: Record<string, string> = {}, milliseconds = 5000) {
  const action = { kind: 'http', path, port: 8080, scheme: 'HTTP', headers } as const;
  const target = { address, ports: new Map([[8080, port]]) };
  return httpProbe(action, target, AbortSignal.timeout(milliseconds));
}

describe('what a server sees', () => {
  test.each<[string, Record<string, string>, object]>([
    ['the address of its pod as Host', {}, { host: '10.244.0.7:8080', 'user-agent': 'kube-probe/1.34' }],
    [
      'the headers of the probe before that',
      { Host: 'weather.example', 'X-A': 'b' },
      { host: 'weather.example', 'x-a': 'b' },
    ],
  ])('%s', async (_, headers, expected) => {
    let seen: IncomingMessage['headers'] = {};
    const port = await listening((request, response) => {
      seen = request.headers;
      response.end('ok');
    });
    expect(await probe(port, '/health', headers)).toEqual({ ok: true });
    expect(seen).toMatchObject({ accept: '*/*', connection: 'close', ...expected });
  });
});

const answering: RequestListener = (request, response) => {
  const status = Number(request.url?.slice(1));
  if (status > 0) response.writeHead(status).end();
  else if (request.url === '/health') response.writeHead(307, { Location: '/health/' }).end();
  else if (request.url === '/away') response.writeHead(302, { Location: 'https://sso.example/' }).end();
  else if (request.url === '/loop') response.writeHead(302, { Location: '/loop' }).end();
  else response.end('ok');
};

describe('what an answer means', () => {
  test.each([
    ['/200', { ok: true }],
    ['/404', { ok: false, message: 'HTTP probe failed with statuscode: 404' }],
    ['/503', { ok: false, message: 'HTTP probe failed with statuscode: 503' }],
    ['/health', { ok: true }],
    ['/away', { ok: true, warning: expect.stringContaining('Probe terminated redirects') }],
    ['/loop', { ok: false, message: 'Get "http://10.244.0.7:8080/loop": stopped after 10 redirects' }],
  ])('%s', async (path, expected) => {
    expect(await probe(await listening(answering), path)).toEqual(expected);
  });
});

describe('no answer', () => {
  const start = 'Get "http://10.244.0.7:8080/health": ';
  test('nobody listens', async () => {
    const message = `${start}dial tcp 10.244.0.7:8080: connect: connection refused`;
    expect(await probe(await freePort())).toEqual({ ok: false, message });
  });
  test('it takes too long', async () => {
    const port = await listening(() => undefined);
    const message = `${start}context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
    expect(await probe(port, '/health', {}, 200)).toEqual({ ok: false, message });
  });
  test('it is no HTTP', async () => {
    const server = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await probe(port)).toEqual({ ok: false, message: expect.stringContaining('malformed HTTP response') });
  });
  test('it answers with more than anybody wants', async () => {
    const port = await listening((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await probe(port)).toEqual({ ok: true });
  });
});
