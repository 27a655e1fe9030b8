import type { Evidence } from './types.ts';

const longest = 4000;

/** What the call said, be it a result, a result marked as an error or the protocol's refusal. */
export function callText({ observation: { call } }: Evidence): string {
  return (call?.error ?? call?.result?.text ?? '').slice(0, longest);
}

/** The same, only where the call did not succeed. */
export function callError(evidence: Evidence): string | undefined {
  const { call } = evidence.observation;
  return call?.error !== undefined || call?.result?.isError
    ? callText(evidence) || 'an error without a text'
    : undefined;
}
