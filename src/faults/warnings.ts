import { header, inWords, isBetween, otherExchanges } from './exchanges.ts';
import { type Fault, seen } from './fault.ts';
import type { Evidence } from './types.ts';

const slowMilliseconds = 5000;

/** What works and is wrong all the same. */
export const warnings: readonly Fault[] = [
  {
    id: 'redirect-mount',
    evidence: ['wire'],
    message: 'The endpoint answers only after a redirect',
    hint: 'Mount at the root: Mount("/", app=mcp.http_app()). Some clients follow no redirect, and behind TLS it may lead to http',
    match({ observation: { connected, endpoint } }) {
      return connected?.redirectedTo === undefined ? undefined : seen(`${endpoint.url} → ${connected.redirectedTo}`);
    },
  },
  {
    id: 'health-swallowed',
    evidence: ['wire'],
    message: 'MCP works, and the health path does not: the probes of the pod will fail',
    hint: 'List the health route before Mount("/"), then: berth new <name> --update, berth deploy <name>',
    match({ observation }) {
      if (!observation.connected) return undefined;
      const health = otherExchanges(observation).find(
        ({ exchange, method, path }) =>
          method === 'GET' && /health|ready|live|ping|status/i.test(path) && isBetween(exchange.status, 400, 499),
      );
      return seen(health && inWords(health.exchange));
    },
  },
  {
    id: 'slow',
    evidence: ['wire'],
    message: `The call took more than ${slowMilliseconds / 1000} seconds`,
    hint: 'Clients give up on slow tools. Look what it waits for: berth logs <name>',
    match({ observation: { call } }) {
      return call?.result && call.milliseconds > slowMilliseconds
        ? seen(`${call.tool} took ${Math.round(call.milliseconds)} ms`)
        : undefined;
    },
  },
  {
    id: 'tool-name-collision',
    evidence: ['wire'],
    message: 'Two tools have one name: clients see one of them',
    hint: 'Give one of them another name, then: berth deploy <name>',
    match({ observation: { tools = [] } }) {
      const names = tools.map(({ name }) => name);
      const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
      return seen(twice.length > 0 ? twice.join(', ') : undefined);
    },
  },
  {
    id: 'sessions-with-replicas',
    evidence: ['wire', 'manifest'],
    message: 'The server keeps sessions and has several replicas: requests that reach another one are lost',
    hint: 'Keep no sessions: http_app(stateless_http=True), or sessionAffinity: ClientIP at the Service, then: berth deploy <name>',
    match: (evidence) => seen(sessionsAcrossReplicas(evidence)),
  },
];

function sessionsAcrossReplicas({ observation, server }: Evidence): string | undefined {
  const replicas = Number(server?.workload.fieldAt(['spec', 'replicas'])?.value ?? 1);
  const affinity = server?.service?.fieldAt(['spec', 'sessionAffinity'])?.value === 'ClientIP';
  const session = observation.exchanges.some((exchange) => header(exchange, 'mcp-session-id') !== undefined);
  return replicas > 1 && session && !affinity ? `a session id, and ${replicas} replicas` : undefined;
}
