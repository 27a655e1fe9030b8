import type { Evidence } from './types.ts';

const longest = 2000;
const most = 200;

/** The newest line of the log that the pattern fits, whatever the server does now. */
export function logLine(evidence: Evidence, pattern: RegExp): string | undefined {
  const lines = evidence.pod?.lastLogLines.slice(-most) ?? [];
  return lines.map((line) => line.slice(0, longest)).findLast((line) => pattern.test(line));
}

/** Why a server does not run: a line of the log counts only while nothing answers. */
export function lastWords(evidence: Evidence, pattern: RegExp): string | undefined {
  return evidence.observation.connected === undefined ? logLine(evidence, pattern) : undefined;
}

/** The newest event that the pattern fits, while the server is not up. */
export function podEvent(evidence: Evidence, pattern: RegExp): string | undefined {
  if (evidence.observation.connected !== undefined) return undefined;
  return evidence.pod?.events.map((event) => event.slice(0, longest)).find((event) => pattern.test(event));
}
