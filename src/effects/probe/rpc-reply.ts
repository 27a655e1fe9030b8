import { type JsonObject, type RpcMessage, isObject } from './rpc-message.ts';
import type { WireAnswer } from './wire.ts';

/** What became of a request: its result, or what was in the way, in words. */
export interface RpcReply {
  result?: JsonObject;
  problem?: string;
  /** Of a JSON-RPC error. */
  code?: number;
  data?: unknown;
  /** Of HTTP; absent where there was no answer at all. */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  error?: string;
}

/** The reply that an HTTP answer and the message in it make. */
export function replyOf(answer: WireAnswer, message: RpcMessage | undefined): RpcReply {
  const { status, headers, error } = answer;
  const base: RpcReply = {
    ...(status === undefined ? {} : { status }),
    headers,
    ...(error === undefined ? {} : { error }),
  };
  if (message?.error) {
    const { code, message: text, data } = message.error;
    const shown = shorten(typeof text === 'string' ? text : 'an error without a message');
    return {
      ...base,
      ...(typeof code === 'number' ? { code } : {}),
      ...(data === undefined ? {} : { data }),
      problem: `${shown} (JSON-RPC error ${String(code)}${status !== undefined && status >= 400 ? `, HTTP ${status}` : ''})`,
    };
  }
  if (message && isObject(message.result) && status !== undefined && status < 300) {
    return { ...base, result: message.result };
  }
  return { ...base, problem: problemOf(answer) };
}

function problemOf({ status, headers, body, error }: WireAnswer): string {
  if (status === undefined) return error === 'ETIMEDOUT' ? 'no answer in time' : `no answer (${error ?? 'closed'})`;
  if (status >= 300) return `HTTP ${status}${body === '' ? '' : `: ${shorten(body)}`}`;
  if (error === 'ETIMEDOUT') return `HTTP ${status}, and no end of the answer in time`;
  if (error === 'TOO_LARGE') return `HTTP ${status}, and an answer without end`;
  if (error !== undefined) return `HTTP ${status}, and the connection broke off (${error})`;
  return `HTTP ${status} (${headers['content-type'] ?? 'no content type'}) without a JSON-RPC answer`;
}

// oxlint-disable-next-line no-control-regex
const unprintable = /[\x00-\x20\x7f-\x9f\u2028-\u202e\u2066-\u2069]+/g;

/** A line of somebody else's text: without control characters, and short. */
export function shorten(text: string, length = 200): string {
  const line = text
    .slice(0, length * 4)
    .replaceAll(unprintable, ' ')
    .trim();
  return line.length > length ? `${line.slice(0, length)}…` : line;
}
