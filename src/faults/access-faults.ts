import type { Exchange } from '../proof/types.ts';
import { failedExchanges, header, inWords, isBetween, redirectTarget } from './exchanges.ts';
import { type Fault, seen } from './fault.ts';
import { lastWords, podEvent } from './log-line.ts';

const gateways = /nginx|traefik|envoy|istio|cloudflare|caddy|haproxy|openresty|kong/i;
const login = /login|sign-?in|oauth2?\/(?:start|authorize)|\/auth(?:orize)?\b|sso|if\/flow/i;

/** The server is there and does not let this client in. */
export const accessFaults: readonly Fault[] = [
  {
    id: 'host-allowlist',
    evidence: ['wire', 'log'],
    message: 'The server refuses the Host header that its clients send',
    hint: 'Allow the host of the URL: allowed_hosts=[…] of FastMCP, host="0.0.0.0" of streamable_http_app() and createMcpHonoApp(), ALLOWED_HOSTS of an image, then: berth deploy <name>',
    match(evidence) {
      const refused = failedExchanges(evidence.observation).find(
        ({ status, body = '' }) =>
          status === 421 ||
          (isBetween(status, 400, 403) && /invalid host|host (?:header )?.{0,80}not allowed|blocked host/i.test(body)),
      );
      return seen(
        (refused && inWords(refused)) ??
          lastWords(evidence, /Invalid Host header/i) ??
          // The kubelet's Host is the pod's address.
          podEvent(evidence, /probe failed: HTTP probe failed with status ?code: (?:421|403)/i),
      );
    },
  },
  {
    id: 'gateway-auth',
    evidence: ['wire'],
    message: 'A gateway in front of the server asks for a login of its own',
    hint: 'Let the path of <name> pass the gateway without a login, or send what it asks for: --header NAME:VALUE',
    match: ({ observation }) =>
      seen(
        failedExchanges(observation)
          .map((exchange) => {
            const asks = header(exchange, 'www-authenticate') ?? '';
            const byGateway =
              gateways.test(header(exchange, 'server') ?? '') || /^(basic|negotiate|digest)\b/i.test(asks);
            const target = redirectTarget(exchange, observation.endpoint.url);
            const toLogin = target !== undefined && login.test(target.pathname + target.search);
            return toLogin || exchange.status === 407 || (byGateway && isBetween(exchange.status, 401, 403))
              ? withLocation(exchange)
              : undefined;
          })
          .find((found) => found !== undefined),
      ),
  },
  {
    id: 'token-wrong',
    evidence: ['wire'],
    message: 'The server does not accept the token, or there was none',
    hint: 'Send the token that is in its Secret: --header "Authorization:Bearer …"; for a server of the platform set the variable that its client entry names, then: berth verify <name>',
    match({ observation }) {
      const refused = failedExchanges(observation).find(({ status }) => status === 401 || status === 403);
      const asks = refused && header(refused, 'www-authenticate');
      return seen(refused && `${inWords(refused)}${asks ? ` (www-authenticate: ${asks})` : ''}`);
    },
  },
  {
    id: 'redirect-elsewhere',
    evidence: ['wire'],
    message: 'The server sends its clients to another host, where their token must not go',
    hint: 'Use the final URL in the client file, or let the server answer at its own (behind a proxy: forward the Host header and the scheme)',
    match({ observation }) {
      if (observation.connected) return undefined;
      const own = URL.canParse(observation.endpoint.url) ? new URL(observation.endpoint.url).origin : '';
      const sent = observation.exchanges.find((exchange) => {
        const target = redirectTarget(exchange, observation.endpoint.url);
        return target !== undefined && target.origin !== own;
      });
      return seen(sent && withLocation(sent));
    },
  },
];

function withLocation(exchange: Exchange): string {
  const location = header(exchange, 'location');
  return location === undefined ? inWords(exchange) : `${exchange.request} → ${exchange.status} to ${location}`;
}
