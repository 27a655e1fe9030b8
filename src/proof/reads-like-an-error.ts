import type { CallObservation } from './types.ts';

/** Nobody says these without meaning them, wherever they stand. */
const signs = [
  /\bHTTP(?:\/\d(?:\.\d)?)?(?: (?:error|status)(?: code)?)?:? ?[45]\d\d\b/i,
  /\b(?:status(?: ?code)?|response code|returned|responded with|failed with)(?: (?:of|an?|status|code|error|HTTP))*["']?\s?[:=]?\s?[45]\d\d\b/i,
  /\b[45]\d\d:? (?:client error|server error|unauthori[sz]ed|forbidden|not found|method not allowed|too many requests|internal server error|bad gateway|bad request|service unavailable|gateway time-?out)\b/i,
  /\bTraceback \(most recent call last\)/,
  /\bE(?:CONNREFUSED|CONNRESET|NOTFOUND|TIMEDOUT|HOSTUNREACH|AI_AGAIN|PIPE|ACCES|ROFS)\b/,
  /\b(?:connection (?:refused|reset by peer|timed out)|max retries exceeded|name or service not known|temporary failure in name resolution|no route to host|nodename nor servname|certificate verify failed|self-signed certificate|getaddrinfo failed|all connection attempts failed|fetch failed)\b/i,
  /\b(?:Connection|Connect|Timeout|HTTPStatus|HTTP|SSL|Type|Value|Key|Attribute|Name|Import|ModuleNotFound|Permission|Runtime|Reference|Syntax|OS|URL|Client|Axios)(?:Error|Exception|Timeout): \S/,
];

/** How an error begins. "Errors: 0" and "Failed pods: none" begin otherwise. */
const beginnings =
  /^\W*(?:(?:an? )?(?:unexpected |internal |fatal |unknown |unhandled |uncaught )?(?:error|exception)\b(?!s|\s*(?:rate|count|budget|log)|\s*[:=]?\s*(?:0|none|null|no|false)\b)|traceback\b|panic:|fatal:|(?:failed|unable|could ?n[o']t|cannot|can't) (?:to )?(?:connect|fetch|get|load|read|reach|find|list|query|execute|retrieve|authenticate|access|open|resolve|call|process|parse|initiali[sz]e)\b)/i;

/** A refusal is short; in a long text these are words like others. */
const refusals =
  /\b(?:unauthori[sz]ed|forbidden|access denied|permission denied|not authenticated|authentication (?:failed|required)|(?:invalid|missing|expired|no) (?:api[ _-]?)?(?:token|key|credentials?)(?: provided| configured| set)?|not configured|internal server error|bad gateway|service unavailable|request timed out|timed out (?:after|waiting)|environment variable \S+ (?:is )?not set)\b/i;
const short = 300;
const looked = 8000;

/** The line of an answer that tells of an error, though the answer is none by itself. Undefined: it reads well. */
export function readsLikeAnError({ text, structured }: NonNullable<CallObservation['result']>): string | undefined {
  const value = isRecord(structured) ? structured : jsonOf(text);
  const admitted = value && admission(value);
  if (admitted !== undefined) return admitted;
  const whole = (text === '' && structured !== undefined ? JSON.stringify(structured) : text).slice(0, looked).trim();
  if (!value && beginnings.test(whole)) return whole.split('\n')[0];
  const sign = signs.map((pattern) => pattern.exec(whole)).find((match) => match !== null);
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
