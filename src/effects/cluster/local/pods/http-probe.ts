import http from 'node:http';
import https from 'node:https';
import { httpOutcome, type ProbeOutcome, redirectOf } from '../../../../local/rollout/probe-progress.ts';
import type { Probe } from '../../../../local/types.ts';
import { dialError, type ProbeTarget } from './probe-target.ts';

type HttpAction = Extract<Probe['action'], { kind: 'http' }>;

/** As much of an answer as the kubelet reads. */
const bodyLimit = 10 * 1024;
const redirectLimit = 10;

/** An HTTP probe as the kubelet sends it: to the pod's address, with its headers, following redirects on the same host. */
export async function httpProbe(
  { path, port, scheme, headers }: HttpAction,
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const first = new URL(`${scheme.toLowerCase()}://${target.address}:${port}${path.startsWith('/') ? '' : '/'}${path}`);
  let url = first;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await get(url, target, url === first ? headers : withoutHost(headers), signal);
    if ('error' in answer) return { ok: false, message: `Get "${first.href}": ${answer.error}` };
    const next = redirectOf(url, answer.status, answer.location);
    if (next.kind === 'none') return httpOutcome(answer.status);
    if (next.kind === 'away') return { ok: true, warning: next.warning };
    if (next.kind === 'broken') return { ok: false, message: `Get "${first.href}": failed to parse Location header` };
    if (redirects === redirectLimit - 1) return { ok: false, message: `Get "${url.href}": stopped after 10 redirects` };
    url = next.url;
  }
}

const withoutHost = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host'));

type Answer = { status: number; location: string | undefined } | { error: string };

async function get(
  url: URL,
  { address, ports }: ProbeTarget,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const mapped = ports.get(port);
  if (mapped === undefined) return { error: dialError(address, port, 'ECONNREFUSED') };
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? https : http).request({
      host: '127.0.0.1',
      port: mapped,
      path: `${url.pathname}${url.search}`,
      headers: {
        Host: `${address}:${port}`,
        'User-Agent': 'kube-probe/1.34',
        Accept: '*/*',
        Connection: 'close',
        ...headers,
      },
      setHost: false,
      agent: false,
      rejectUnauthorized: false,
      signal,
    });
    const fail = (error: NodeJS.ErrnoException): void => {
      request.destroy();
      resolve({ error: wordsOf(error, address, port, signal) });
    };
    request.once('error', fail);
    request.once('response', (response) => {
      const answer = { status: response.statusCode ?? 0, location: response.headers.location };
      let size = 0;
      const done = (): void => {
        resolve(answer);
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size >= bodyLimit) done();
      });
      response.once('end', done);
      response.once('error', fail);
    });
    request.end();
  });
}

function wordsOf(error: NodeJS.ErrnoException, address: string, port: number, signal: AbortSignal): string {
  if (signal.aborted) return 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return 'EOF';
  if (error.code?.startsWith('HPE_')) return `net/http: HTTP/1.x transport connection broken: malformed HTTP response`;
  return dialError(address, port, error.code);
}
