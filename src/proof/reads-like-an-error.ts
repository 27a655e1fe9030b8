import type { CallObservation } from './types.ts';

const anyOf = (...words: readonly string[]): string => `(?:${words.join('|')})`;
const pattern = (source: string): RegExp => new RegExp(source, 'i');

const reasons = anyOf(
  'client error',
  'server error',
  'unauthori[sz]ed',
  'forbidden',
  'not found',
  'method not allowed',
  'too many requests',
  'internal server error',
  'bad gateway',
  'bad request',
  'service unavailable',
  'gateway time-?out',
);
const networkFailures = anyOf(
  'connection (?:refused|reset by peer|timed out)',
  'all connection attempts failed',
  'max retries exceeded',
  'name or service not known',
  'temporary failure in name resolution',
  'nodename nor servname',
  'getaddrinfo failed',
  'no route to host',
  'certificate verify failed',
  'self-signed certificate',
  'fetch failed',
);
const systemErrors = anyOf(
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'EPIPE',
  'EACCES',
  'EROFS',
);
const errorClasses = anyOf(
  'Connection',
  'Connect',
  'Timeout',
  'HTTPStatus',
  'HTTP',
  'SSL',
  'Type',
  'Value',
  'Key',
  'Attribute',
  'Name',
  'Import',
  'ModuleNotFound',
  'Permission',
  'Runtime',
  'Reference',
  'Syntax',
  'OS',
  'URL',
  'Client',
  'Axios',
);
const saysStatus = anyOf('status(?: ?code)?', 'response code', 'returned', 'responded with', 'failed with');

/** Nobody says these without meaning them, wherever they stand. */
const signs = [
  pattern(String.raw`\bHTTP(?:/\d(?:\.\d)?)?(?: (?:error|status)(?: code)?)?:? ?[45]\d\d\b`),
  pattern(String.raw`\b${saysStatus}(?: (?:of|an?|status|code|error|HTTP))*["']?\s?[:=]?\s?[45]\d\d\b`),
  pattern(String.raw`\b[45]\d\d:? ${reasons}\b`),
  pattern(String.raw`\b${networkFailures}\b`),
  pattern(String.raw`\bTraceback \(most recent call last\)`),
  new RegExp(String.raw`\b${systemErrors}\b`),
  new RegExp(String.raw`\b${errorClasses}(?:Error|Exception|Timeout): \S`),
];

const kinds = anyOf('unexpected', 'internal', 'fatal', 'unknown', 'unhandled', 'uncaught');
const harmless = String.raw`s|\s*(?:rate|count|budget|log)|\s*[:=]?\s*(?:0|none|null|no|false)\b`;
const inability = anyOf('failed', 'unable', "could ?n[o']t", 'cannot', "can't");
const attempts = anyOf(
  'connect',
  'fetch',
  'get',
  'load',
  'read',
  'reach',
  'find',
  'list',
  'query',
  'execute',
  'retrieve',
  'authenticate',
  'access',
  'open',
  'resolve',
  'call',
  'process',
  'parse',
  'initiali[sz]e',
);

/** How an error begins. "Errors: 0" and "Failed pods: none" begin otherwise. */
const beginnings = [
  pattern(String.raw`^\W*(?:an? )?(?:${kinds} )?(?:error|exception)\b(?!${harmless})`),
  pattern(String.raw`^\W*(?:traceback\b|panic:|fatal:)`),
  pattern(String.raw`^\W*${inability} (?:to )?${attempts}\b`),
];

/** A refusal is short; in a long text these are words like others. */
const refusals = pattern(
  String.raw`\b${anyOf(
    'unauthori[sz]ed',
    'forbidden',
    'access denied',
    'permission denied',
    'not authenticated',
    'not configured',
    'authentication (?:failed|required)',
    'internal server error',
    'bad gateway',
    'service unavailable',
    String.raw`(?:invalid|missing|expired|no) (?:api[ _-]?)?(?:token|key|credentials?)(?: provided| configured| set)?`,
    'request timed out',
    'timed out (?:after|waiting)',
    String.raw`environment variable \S+ (?:is )?not set`,
  )}\b`,
);
const short = 300;
const looked = 8000;

/** The line of an answer that tells of an error, though the answer is none by itself. Undefined: it reads well. */
export function readsLikeAnError({ text, structured }: NonNullable<CallObservation['result']>): string | undefined {
  const value = isRecord(structured) ? structured : jsonOf(text);
  const admitted = value && admission(value);
  if (admitted !== undefined) return admitted;
  const whole = (text === '' && structured !== undefined ? JSON.stringify(structured) : text).slice(0, looked).trim();
  if (!value && beginnings.some((beginning) => beginning.test(whole))) return whole.split('\n')[0];
  const sign = signs.map((each) => each.exec(whole)).find((match) => match !== null);
  if (sign) return lineAt(whole, sign.index);
  return whole.length <= short && refusals.test(whole) ? whole : undefined;
}

/** What a JSON answer says of itself: `{"error": "…"}`, `{"success": false}`, `{"status": 401}`. */
function admission(value: Record<string, unknown>): string | undefined {
  // FastMCP wraps what is no object.
  const inner = isRecord(value['result']) && Object.keys(value).length === 1 ? value['result'] : value;
  const says = (key: string): string => `"${key}": ${JSON.stringify(inner[key]).slice(0, 200)}`;
  const { error, status, statusCode, success, ok } = inner;
  if (error !== undefined && error !== null && error !== false && error !== '' && error !== 0 && !isEmpty(error))
    return says('error');
  if (success === false) return says('success');
  if (ok === false) return says('ok');
  if (typeof status === 'string' && /^(?:error|failed|failure)$/i.test(status)) return says('status');
  if (isFailure(status)) return says('status');
  return isFailure(statusCode) ? says('statusCode') : undefined;
}

const isFailure = (code: unknown): boolean => typeof code === 'number' && code >= 400 && code < 600;
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function jsonOf(text: string): Record<string, unknown> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function lineAt(text: string, index: number): string {
  const end = text.indexOf('\n', index);
  return text.slice(text.lastIndexOf('\n', index) + 1, end === -1 ? undefined : end).trim();
}
