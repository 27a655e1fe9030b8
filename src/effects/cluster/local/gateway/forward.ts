import { type Agent, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import { endpointRewriter } from './endpoint-rewriter.ts';
import type { Backend, SessionBook } from './session-book.ts';

export interface Forwarded {
  request: IncomingMessage;
  response: ServerResponse;
  backend: Backend;
  /** On 127.0.0.1. */
  port: number;
  /** `/weather`, which the server does not know of. */
  prefix: string;
  /** Sent upstream; undefined: the caller's. */
  host: string | undefined;
  agent: Agent;
  sessions: SessionBook;
}

/** Of one connection only (RFC 9110, section 7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Passes a request on and its answer back, as both come: nothing is held back, and Authorization passes untouched. */
export function forward(forwarded: Forwarded): void {
  const { request, response, backend, port, prefix, agent } = forwarded;
  const host = forwarded.host ?? request.headers.host ?? '127.0.0.1';
  const upstream = httpRequest({
    host: '127.0.0.1',
    port,
    method: request.method,
    path: pathBehind(request.url ?? '/', prefix),
    headers: withHost(endToEnd(request.rawHeaders), host),
    setHost: false,
    agent,
  });
  const done = countIn(backend);
  response.once('close', () => {
    done();
    if (!response.writableFinished) upstream.destroy();
  });
  upstream.once('response', (answer) => {
    if (isEndless(request, answer)) done();
    passBack(answer, host, forwarded);
  });
  upstream.once('error', (error: NodeJS.ErrnoException) => {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    response.writeHead(502, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
    response.end(`${backend.name} did not answer: ${error.code ?? 'connection failed'}\n`);
  });
  request.pipe(upstream);
}

function passBack(
  answer: IncomingMessage,
  host: string,
  { request, response, backend, prefix, sessions }: Forwarded,
): void {
  sessions.learn(request, answer, backend);
  const headers = endToEnd(answer.rawHeaders);
  if (prefix !== '') rewriteLocation(headers, prefix, host);
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
  response.flushHeaders();
  answer.once('error', () => response.destroy());
  if (!isEndless(request, answer)) {
    answer.pipe(response);
    return;
  }
  const rewriter = endpointRewriter(prefix, (path) => sessions.learnPath(path, backend));
  answer.pipe(rewriter).pipe(response);
}

const pathBehind = (url: string, prefix: string): string => {
  const path = url.slice(prefix.length);
  return path.startsWith('/') ? path : `/${path}`;
};

function endToEnd(raw: readonly string[]): string[] {
  const headers: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const [name = '', value = ''] = raw.slice(index, index + 2);
    if (!hopByHop.has(name.toLowerCase())) headers.push(name, value);
  }
  return headers;
}

function withHost(headers: string[], host: string): string[] {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  if (at >= 0) headers[at + 1] = host;
  else headers.push('Host', host);
  return headers;
}

/** A redirect leads to the server's own paths; its callers know it below the prefix. */
function rewriteLocation(headers: string[], prefix: string, host: string): void {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'location');
  const location = headers[at + 1];
  if (at < 0 || location === undefined || !URL.canParse(location, `http://${host}/`)) return;
  const url = new URL(location, `http://${host}/`);
  if (location.startsWith('/') || url.host === host)
    headers[at + 1] = `${prefix}${url.pathname}${url.search}${url.hash}`;
}

/** An event stream that was opened by GET ends when its client goes; nobody waits for that. */
const isEndless = (request: IncomingMessage, answer: IncomingMessage): boolean =>
  request.method === 'GET' && answer.headers['content-type']?.startsWith('text/event-stream') === true;

function countIn(backend: Backend): () => void {
  backend.inFlight += 1;
  let counted = true;
  return () => {
    if (counted) backend.inFlight -= 1;
    counted = false;
  };
}
