import {
  endpointExchanges,
  failedExchanges,
  inWords,
  isStream,
  otherExchanges,
  pathOf,
  speaksMcp,
} from './exchanges.ts';
import { type Fault, seen } from './fault.ts';
import type { Evidence } from './types.ts';

/** Something answers, and MCP is not where the client looks for it. */
export const pathFaults: readonly Fault[] = [
  {
    id: 'fastmcp-mount-path',
    evidence: ['wire'],
    message: 'The path stands twice: the app is mounted at a path and serves it again below',
    hint: 'Mount at the root, behind all other routes: Mount("/", app=mcp.http_app()), then: berth new <name> --update, berth deploy <name>',
    match(evidence) {
      const own = pathOf(evidence.observation.endpoint.url);
      const doubled = found(evidence).find(({ path }) => own !== '' && path === `${own}${own}`);
      return seen(doubled && both(evidence, doubled.exchange));
    },
  },
  {
    id: 'client-url-path',
    evidence: ['wire'],
    message: 'The URL has another path than the server serves',
    hint: 'Correct the path in the client file: berth connect <name>',
    match(evidence) {
      const elsewhere = found(evidence)[0];
      if (!elsewhere) return undefined;
      const url = new URL(evidence.observation.endpoint.url);
      const right = new URL(elsewhere.path || '/', `${url.protocol}//${url.host}`).href;
      return seen(both(evidence, elsewhere.exchange), {
        message: `The server is at ${elsewhere.path || '/'}, not at ${url.pathname}`,
        hint: `Use ${right} (for a server of the platform: annotation mcp-berth.dev/path: ${elsewhere.path || '/'}, then berth connect <name>)`,
      });
    },
  },
  {
    id: 'client-transport-mismatch',
    evidence: ['wire'],
    message: 'The server speaks HTTP+SSE, the client streamable HTTP',
    hint: 'Serve streamable HTTP (transport="http"); or say mcp-berth.dev/transport: sse and its path in the manifest of <name>, then: berth connect <name>',
    match(evidence) {
      if (!isLost(evidence)) return undefined;
      const sse = otherExchanges(evidence.observation).find(
        ({ exchange, method }) => method === 'GET' && exchange.status === 200 && isStream(exchange),
      );
      return seen(sse && both(evidence, sse.exchange));
    },
  },
  {
    id: 'mcp-never-started',
    evidence: ['wire', 'log', 'manifest'],
    message: 'Tools may be defined, and the protocol is never served',
    hint: 'Mount the MCP app (FastMCP: Mount("/", app=mcp.http_app())) or start its HTTP transport, then: berth deploy <name>',
    match(evidence) {
      const ended = endsWithoutServing(evidence);
      if (ended !== undefined) return seen(ended);
      if (!isLost(evidence)) return undefined;
      const others = otherExchanges(evidence.observation).filter(({ exchange }) => exchange.request.startsWith('POST'));
      const nowhere = others.every(({ exchange }) => exchange.status === 404 || exchange.status === 405);
      const own = endpointExchanges(evidence.observation).at(-1);
      if (!own || !nowhere) return undefined;
      return seen([own, ...others.map(({ exchange }) => exchange)].map(inWords).join('; '));
    },
  },
];

/** The endpoint's path is not served, or not by MCP. */
function isLost({ observation }: Evidence): boolean {
  const asked = failedExchanges(observation).filter(({ request }) => request.startsWith('POST'));
  return (
    observation.connected === undefined &&
    asked.some(({ status }) => status === 404 || status === 405 || status === 501) &&
    !asked.some((exchange) => speaksMcp(exchange))
  );
}

function found(evidence: Evidence): ReturnType<typeof otherExchanges> {
  if (!isLost(evidence)) return [];
  return otherExchanges(evidence.observation).filter(
    ({ exchange, method }) => method === 'POST' && speaksMcp(exchange),
  );
}

function both({ observation }: Evidence, other: Parameters<typeof inWords>[0]): string {
  const refused = endpointExchanges(observation).findLast(({ status }) => status !== undefined && status >= 400);
  return [refused && inWords(refused), inWords({ ...other, body: '' })].filter(Boolean).join('; ');
}

/** A program that only defines its tools reaches its last line, and ends well. */
function endsWithoutServing({ observation, pod, code }: Evidence): string | undefined {
  if (observation.connected || pod?.exitCode !== 0 || pod.ready) return undefined;
  const source = [...(code?.values() ?? [])].join('\n');
  const defines = /\b(?:FastMCP|MCPServer|McpServer)\(/.test(source);
  const serves = /\.run(?:_async|_http_async)?\(|\buvicorn\b|\.connect\(|\.listen\(|\bserve\(|\.start\(/.test(source);
  return defines && !serves ? 'ended with exit code 0; its code defines a server and starts none' : undefined;
}
