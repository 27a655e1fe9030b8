import type { Endpoint, Exchange } from '../../proof/types.ts';
import { secretMask } from './secret-mask.ts';
import { type RawAnswer, sendRequest } from './send-request.ts';
import { type ServerSentEvent, sseParser } from './sse-parser.ts';

export interface WireRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: URL;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** What it is about, for the record: the JSON-RPC method. */
  subject?: string;
  /** Without the headers that the user gave: a health check sends none. */
  anonymous?: boolean;
  /** Sees each event of an event stream; true: that was enough. */
  onEvent?: (event: ServerSentEvent) => boolean;
}

/** An answer, secrets masked, of whoever answered in the end. */
export type WireAnswer = RawAnswer;

/** HTTP to one endpoint. Every exchange is written down. */
export interface Wire {
  readonly exchanges: readonly Exchange[];
  /** Where requests to the endpoint ended up, when they were sent elsewhere. */
  readonly redirectedTo: string | undefined;
  send(request: WireRequest, signal: AbortSignal): Promise<WireAnswer>;
}

const maxBytes = 4 * 1024 * 1024;
const recordedCharacters = 4096;
const maxRedirects = 5;

export function openWire(endpoint: Endpoint): Wire {
  const origin = new URL(endpoint.url);
  const mask = secretMask(Object.values(endpoint.headers));
  const exchanges: Exchange[] = [];
  let redirectedTo: string | undefined;

  /** Without the query, which may hold a key; the path alone, where it is on the endpoint's own host. */
  const spell = (url: URL): string => (url.origin === origin.origin ? url.pathname : url.origin + url.pathname);

  const sendOnce = async (request: WireRequest, url: URL, signal: AbortSignal): Promise<WireAnswer> => {
    const started = performance.now();
    const exchange: Exchange = {
      request: [request.method, mask(spell(url)), request.subject].filter(Boolean).join(' '),
      milliseconds: 0,
    };
    exchanges.push(exchange);
    const parse = sseParser();
    let stream = false;
    const raw = await sendRequest(
      {
        method: request.method,
        url,
        headers: {
          ...(request.anonymous || url.origin !== origin.origin ? {} : endpoint.headers),
          ...request.headers,
          ...(request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
        },
        ...(request.body === undefined ? {} : { body: request.body }),
        connectTo: url.host === origin.host ? endpoint.connectTo : undefined,
        maxBytes,
        onHead: (_, headers) => (stream = isEventStream(headers)),
        onText: (text) =>
          stream && parse(text).some((event) => request.onEvent?.({ ...event, data: mask(event.data) }) === true),
      },
      signal,
    );
    const answer: WireAnswer = { ...raw, body: mask(raw.body), headers: maskHeaders(raw.headers, mask) };
    Object.assign(exchange, recordOf(answer), { milliseconds: Math.round(performance.now() - started) });
    return { ...answer, headers: raw.headers };
  };

  return {
    exchanges,
    get redirectedTo() {
      return redirectedTo;
    },
    async send(request, signal) {
      let { url } = request;
      let answer = await sendOnce(request, url, signal);
      for (let count = 0; count < maxRedirects; count++) {
        const next = redirection(url, request.method, answer);
        if (!next) break;
        url = next;
        answer = await sendOnce(request, url, signal);
        if (request.url.href === origin.href && (answer.status ?? 500) < 400) redirectedTo = mask(spell(url));
      }
      return answer;
    },
  };
}

export const isEventStream = (headers: Readonly<Record<string, string>>): boolean =>
  /^text\/event-stream\b/i.test(headers['content-type'] ?? '');

/**
 * Where a client goes from here. 301 to 303 turn a POST into a GET, as browsers and fetch have it, so they lead nowhere.
 * Another host is not followed: a server does not decide whom we talk to.
 */
function redirection(from: URL, method: string, { status, headers }: RawAnswer): URL | undefined {
  const follows = method === 'POST' ? [307, 308] : [301, 302, 303, 307, 308];
  const location = headers['location'];
  if (status === undefined || location === undefined || !follows.includes(status)) return undefined;
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  return to && /^https?:$/.test(to.protocol) && to.hostname === from.hostname ? to : undefined;
}

/** Those of a session or a cookie open doors; that they are there is all that a reader needs. */
function maskHeaders(
  headers: Readonly<Record<string, string>>,
  mask: (text: string) => string,
): Record<string, string> {
  const secret = new Set(['set-cookie', 'mcp-session-id']);
  const shown = Object.entries(headers).slice(0, 60);
  return Object.fromEntries(shown.map(([name, value]) => [name, secret.has(name) ? '***' : mask(value).slice(0, 500)]));
}

function recordOf({ status, headers, body, error }: WireAnswer): Partial<Exchange> {
  return {
    ...(status === undefined ? {} : { status, headers, body: body.slice(0, recordedCharacters) }),
    ...(error === undefined ? {} : { error }),
  };
}
