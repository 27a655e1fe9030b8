import type { Exchange, Observation } from '../proof/types.ts';

interface Request {
  method: string;
  url: URL;
}

/** Method and address of an exchange; undefined where its request cannot be read. */
function requestOf(exchange: Exchange, observation: Observation): Request | undefined {
  const [method = '', target = ''] = exchange.request.split(' ');
  const url = URL.canParse(target, observation.endpoint.url) ? new URL(target, observation.endpoint.url) : undefined;
  return url && { method, url };
}

/** What the client itself would have met: everything that was asked at the endpoint's path, and where it was sent from there. */
export function endpointExchanges(observation: Observation): readonly Exchange[] {
  const paths = new Set([pathOf(observation.endpoint.url)]);
  const hosts = new Set([hostOf(observation.endpoint.url)]);
  return observation.exchanges.filter((exchange) => {
    const request = requestOf(exchange, observation);
    if (!request || !paths.has(pathOf(request.url.href)) || !hosts.has(request.url.host)) return false;
    const target = redirectTarget(exchange, request.url);
    if (target) {
      paths.add(pathOf(target.href));
      hosts.add(target.host);
    }
    return true;
  });
}

/**
 * What ended the way of an ordinary client: the answers to the handshake, or to the request that failed after it. Who does
 * not know `server/discover` may refuse it in any way, so it counts only where nothing else was asked.
 */
export function failedExchanges(observation: Observation): readonly Exchange[] {
  const { connected, failure } = observation;
  if (connected && !failure) return [];
  if (connected) {
    const subject = failure?.stage === 'call' ? ' tools/call' : ' tools/list';
    return observation.exchanges.filter(({ request }) => request.endsWith(subject)).slice(-1);
  }
  const asked = endpointExchanges(observation);
  const handshake = asked.filter(({ request }) => !request.endsWith(' server/discover'));
  return handshake.length > 0 ? handshake : asked;
}

/** Every other address that was tried, by method and path. */
export function otherExchanges(
  observation: Observation,
): readonly { exchange: Exchange; method: string; path: string }[] {
  const own = new Set(endpointExchanges(observation));
  return observation.exchanges
    .filter((exchange) => !own.has(exchange))
    .flatMap((exchange) => {
      const request = requestOf(exchange, observation);
      return request ? [{ exchange, method: request.method, path: pathOf(request.url.href) }] : [];
    });
}

/** Where an answer sends the client; undefined for all that do not redirect. */
export function redirectTarget(exchange: Exchange, from: string | URL): URL | undefined {
  const location = header(exchange, 'location');
  if (!isBetween(exchange.status, 300, 399) || location === undefined) return undefined;
  return URL.canParse(location, String(from)) ? new URL(location, from) : undefined;
}

/** An answer of something that speaks MCP, be it a refusal. */
export function speaksMcp({ status, body = '' }: Exchange): boolean {
  return status !== undefined && status < 500 && /"jsonrpc"\s*:\s*"2\.0"/.test(body);
}

export function isStream(exchange: Exchange): boolean {
  return header(exchange, 'content-type')?.startsWith('text/event-stream') ?? false;
}

export function header(exchange: Exchange, name: string): string | undefined {
  const entries = Object.entries(exchange.headers ?? {});
  return entries.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** `POST /mcp initialize → 404 Not Found`, as a person would say it. */
export function inWords(exchange: Exchange): string {
  const answer = [exchange.status, exchange.error, exchange.body?.trim().slice(0, 200)];
  return `${exchange.request} → ${answer.filter(Boolean).join(' ') || 'no answer'}`;
}

/** Without the slash at its end: `/mcp` and `/mcp/` are one place to a client that follows redirects. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/, '') : '';
}

export function isBetween(status: number | undefined, low: number, high: number): boolean {
  return status !== undefined && status >= low && status <= high;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
