import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import { timedOut } from './within.ts';

export interface RawRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Its host goes into the Host header, and into TLS. */
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** Where to open the connection in place of the URL's host. */
  connectTo?: { host: string; port: number } | undefined;
  maxBytes: number;
  /** Sees status and headers before any of the body is there. */
  onHead?: (status: number, headers: Readonly<Record<string, string>>) => void;
  /** Sees the body as it comes; true: that was enough, the connection may go. */
  onText?: (text: string) => boolean;
}

export interface RawAnswer {
  status?: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** What was in the way: a code of Node's (`ECONNREFUSED`), `ETIMEDOUT`, `ABORTED`, or `TOO_LARGE`. */
  error?: string;
}

/**
 * One HTTP request on a connection of its own, and its answer as far as it came. Never rejects: a server that hangs,
 * breaks off or sends without end gives an answer with an error, at the latest when the signal aborts.
 */
export async function sendRequest(request: RawRequest, signal: AbortSignal): Promise<RawAnswer> {
  const { method, url, connectTo, maxBytes } = request;
  const answer: { status?: number; headers: Record<string, string>; body: string } = { headers: {}, body: '' };
  if (signal.aborted) return { ...answer, error: abortCode(signal) };

  return new Promise((resolve) => {
    let outgoing: http.ClientRequest | undefined;
    let ended = false;
    const end = (error?: string): void => {
      if (ended) return;
      ended = true;
      resolve(error === undefined ? answer : { ...answer, error });
      outgoing?.destroy();
    };
    const fail = (error: NodeJS.ErrnoException): void => end(signal.aborted ? abortCode(signal) : codeOf(error));

    try {
      outgoing = (url.protocol === 'https:' ? https : http).request(url, {
        method,
        agent: false,
        signal,
        headers: { host: url.host, 'accept-encoding': 'identity', ...request.headers },
        ...(connectTo && { hostname: connectTo.host, host: connectTo.host, port: connectTo.port }),
        ...(isIP(plainHost(url)) === 0 ? { servername: url.hostname } : {}),
      });
    } catch (error) {
      end(codeOf(error as NodeJS.ErrnoException));
      return;
    }
    outgoing.on('error', fail);
    outgoing.on('close', () => end('ECONNRESET'));
    outgoing.on('response', (incoming) => {
      answer.status = incoming.statusCode ?? 0;
      answer.headers = flatHeaders(incoming.headers);
      request.onHead?.(answer.status, answer.headers);
      const decoder = new TextDecoder();
      let bytes = 0;
      incoming.on('error', fail);
      incoming.on('data', (chunk: Buffer) => {
        if (ended) return;
        bytes += chunk.length;
        const text = decoder.decode(chunk, { stream: true });
        answer.body += text;
        if (request.onText?.(text)) end();
        else if (bytes > maxBytes) end('TOO_LARGE');
      });
      incoming.on('end', () => end());
    });
    outgoing.end(request.body);
  });
}

const plainHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');
const abortCode = (signal: AbortSignal): string => (timedOut(signal) ? 'ETIMEDOUT' : 'ABORTED');
const codeOf = (error: NodeJS.ErrnoException): string => error.code ?? error.name;

function flatHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    flat[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  return flat;
}
