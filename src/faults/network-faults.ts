import type { Exchange } from '../proof/types.ts';
import { failedExchanges, inWords } from './exchanges.ts';
import { type Fault, seen } from './fault.ts';
import type { Evidence } from './types.ts';

/** Nothing that speaks HTTP was reached. */
export const networkFaults: readonly Fault[] = [
  {
    id: 'client-host-missing',
    evidence: ['wire'],
    message: 'The host of the URL has no address here',
    hint: 'Correct the host in the client file: berth connect <name>. Names ending in .svc resolve inside their cluster only',
    match: (evidence) => unanswered(evidence, /ENOTFOUND|EAI_AGAIN/),
  },
  {
    id: 'tls-untrusted',
    evidence: ['wire'],
    message: 'The certificate of the server is not trusted here',
    hint: 'Name its CA (NODE_EXTRA_CA_CERTS=ca.pem), or let the ingress have a certificate that clients trust. Verification is never switched off',
    match: (evidence) => unanswered(evidence, /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|ALTNAME/i),
  },
  {
    id: 'ingress-scheme-mismatch',
    evidence: ['wire'],
    message: 'The URL says http where the server speaks https, or the other way round',
    hint: 'Change the scheme of the URL in the client file: berth connect <name>',
    match: (evidence) =>
      unanswered(evidence, /EPROTO|WRONG_VERSION_NUMBER|wrong version number|ERR_SSL|HPE_INVALID_CONSTANT/i) ??
      plainToHttps(evidence),
  },
];

/** The last resort: what was seen, and no name for it. */
export const unreachable: Fault = {
  id: 'unreachable',
  evidence: ['wire'],
  message: 'No MCP server was reached',
  hint: 'Look whether it runs and where it listens: berth status <name>, berth logs <name>',
  match(evidence) {
    const { observation, pod } = evidence;
    const last = observation.exchanges.findLast(({ error, status }) => error !== undefined || (status ?? 0) >= 400);
    const wire = last ? inWords(last) : observation.failure?.message;
    const inCluster = [pod?.reason, pod?.events[0], pod?.lastLogLines.findLast((line) => line.trim() !== '')];
    return { observed: [wire, ...inCluster].filter(Boolean).join('; ') || 'nothing' };
  },
};

function unanswered({ observation }: Evidence, pattern: RegExp): ReturnType<typeof seen> {
  if (observation.connected) return undefined;
  const exchange = failedExchanges(observation).find(({ error = '' }: Exchange) => pattern.test(error));
  return seen(exchange && inWords(exchange));
}

function plainToHttps({ observation }: Evidence): ReturnType<typeof seen> {
  const exchange = failedExchanges(observation).find(
    ({ status, body = '' }) =>
      status === 400 && /(?:HTTP request (?:was )?sent to|to an) HTTPS (?:port|server)/i.test(body),
  );
  return seen(exchange && inWords(exchange));
}
