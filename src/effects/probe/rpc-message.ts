import { nestedDeeper } from '../../nested-deeper.ts';

export type JsonObject = Record<string, unknown>;

/** A JSON-RPC message as a server sent it: an answer has an id and no method, a request both, a notification no id. */
export interface RpcMessage {
  id?: unknown;
  method?: string;
  result?: unknown;
  error?: { code?: unknown; message?: unknown; data?: unknown };
}

const deepest = 200;

/**
 * The messages in a text, one or a batch; none where it is no JSON, no JSON-RPC, or nested so deep that it is an
 * attack.
 */
export function parseMessages(text: string): RpcMessage[] {
  if (nestedDeeper(text, deepest)) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  return (Array.isArray(parsed) ? parsed : [parsed]).filter(
    (message): message is RpcMessage => isObject(message) && message['jsonrpc'] === '2.0',
  );
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
