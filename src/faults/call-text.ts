import type { Evidence } from './types.ts';

const longest = 4000;

/** What the call said, be it a result, a result marked as an error or the protocol's refusal. */
export function callText({ observation: { call } }: Evidence): string {
  return (call?.error ?? call?.result?.text ?? '').slice(0, longest);
}

/** What the server itself said about a call that did not succeed; nothing where the connection or HTTP failed. */
export function callError(evidence: Evidence): string | undefined {
  const { call } = evidence.observation;
  const refused = call?.error !== undefined && /\(JSON-RPC error -?\d+/.test(call.error);
  return refused || call?.result?.isError ? callText(evidence) || 'an error without a text' : undefined;
}
