import type { Exchange } from '../proof/types.ts';
import { failedExchanges, header, inWords, isBetween, isStream } from './exchanges.ts';
import { type Fault, seen } from './fault.ts';
import type { Evidence } from './types.ts';

const timeouts = /TIMEOUT|TIMEDOUT|ABORT|timed? ?out/i;
const resets = /ECONNRESET|EPIPE|SOCKET|terminated|socket hang up|premature|other side closed|CONTENT_LENGTH_MISMATCH/i;

/** Answers that no client of MCP can use. */
export const answerFaults: readonly Fault[] = [
  {
    id: 'stateless-http-missing',
    evidence: ['wire'],
    message: 'The server lost the session: it restarted, or another replica answered',
    hint: 'Keep no sessions: http_app(stateless_http=True) (FASTMCP_STATELESS_HTTP=true), or sessionAffinity: ClientIP at the Service, then: berth deploy <name>',
    match: (evidence) =>
      firstOf(
        evidence,
        ({ status, body = '' }) =>
          isBetween(status, 400, 404) &&
          /session (?:id )?(?:was )?(?:not found|terminated|expired|unknown)|no valid session|(?:invalid|missing|unknown) session/i.test(
            body,
          ),
      ) ??
      seen(
        failureText(evidence, /session (?:not found|terminated|expired)|(?:invalid|missing|unknown|no valid) session/i),
      ),
  },
  {
    id: 'answers-html',
    evidence: ['wire'],
    message: 'A web page answers in place of MCP',
    hint: 'Look at the URL in a browser: it belongs to a dashboard, a login page or an error page. Correct host, port and path in the client file: berth connect <name>',
    match: (evidence) => firstOf(evidence, (exchange) => isBetween(exchange.status, 200, 299) && isHtml(exchange)),
  },
  {
    id: 'answer-too-large',
    evidence: ['wire'],
    message: 'The answer is larger than a client reads',
    hint: 'Let the tool return less: pages, a limit, a summary, then: berth deploy <name>',
    match: (evidence) => firstOf(evidence, ({ error = '' }) => large.test(error)) ?? seen(failureText(evidence, large)),
  },
  {
    id: 'stream-never-ends',
    evidence: ['wire'],
    message: 'The server opened a stream and never sent the answer on it',
    hint: 'End each answer: the stream of a request closes after its response. Look for a proxy that buffers (proxy_buffering off) or a handler that never returns: berth logs <name>',
    match: (evidence) =>
      firstOf(
        evidence,
        (exchange) => exchange.status === 200 && isStream(exchange) && timeouts.test(exchange.error ?? ''),
      ),
  },
  {
    id: 'connection-closed',
    evidence: ['wire'],
    message: 'The server closes the connection before its answer is whole',
    hint: 'Read why it ended: berth logs <name>. A crash while answering, a memory limit and a proxy with a short timeout look like this',
    match: (evidence) =>
      firstOf(evidence, ({ error = '' }) => resets.test(error)) ?? seen(failureText(evidence, resets)),
  },
  {
    id: 'answer-invalid',
    evidence: ['wire'],
    message: 'The answer is no JSON-RPC',
    hint: 'Let an MCP library write the answers, and nothing else: a print into the response, a half-written body and a web service that is no MCP server look like this. berth logs <name>',
    match: (evidence) =>
      failureText(evidence, /without a JSON-RPC answer|answers initialize with/) === undefined
        ? undefined
        : firstOf(evidence, ({ status }) => isBetween(status, 200, 299)),
  },
  {
    id: 'server-error',
    evidence: ['wire'],
    message: 'The server fails at every request',
    hint: 'Read its own words: berth logs <name>',
    match: (evidence) => firstOf(evidence, ({ status }) => isBetween(status, 500, 599) && !isBetween(status, 502, 504)),
  },
  {
    id: 'never-answers',
    evidence: ['wire'],
    message: 'The server takes the request and does not answer in time',
    hint: 'Look for what it waits for (an upstream without a timeout, a lock): berth logs <name>. A slow one needs more time: --timeout 60',
    match: (evidence) =>
      firstOf(evidence, ({ error = '' }) => timeouts.test(error) && !/connect/i.test(error)) ??
      seen(failureText(evidence, timeouts)) ??
      seen(timeouts.test(evidence.observation.call?.error ?? '') ? evidence.observation.call?.error : undefined),
  },
];

const large = /too large|TOO_LARGE|larger than|exceed|MAX_(?:BODY|RESPONSE)/i;

function firstOf({ observation }: Evidence, fits: (exchange: Exchange) => boolean): ReturnType<typeof seen> {
  const exchange = failedExchanges(observation).find((candidate) => fits(candidate));
  return seen(exchange && inWords(exchange));
}

function failureText({ observation }: Evidence, pattern: RegExp): string | undefined {
  const message = observation.failure?.message.slice(0, 2000);
  return message !== undefined && pattern.test(message) ? message : undefined;
}

function isHtml(exchange: Exchange): boolean {
  return (
    header(exchange, 'content-type')?.startsWith('text/html') === true ||
    /^\s*<(!doctype html|html)\b/i.test(exchange.body ?? '')
  );
}

/** A gateway says no more than that nobody is there; the pods' own words come first. */
export const backendMissing: Fault = {
  id: 'backend-missing',
  evidence: ['wire'],
  message: 'A gateway answers, and there is no server behind it',
  hint: 'Look whether the pods are ready and the Service selects them: berth status <name>',
  match: (evidence) => firstOf(evidence, ({ status }) => isBetween(status, 502, 504)),
};
