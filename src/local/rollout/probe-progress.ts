import type { Probe } from '../types.ts';

/** One look of a probe. A failure says why, in the kubelet's words. */
export type ProbeOutcome = { ok: true; warning?: string } | { ok: false; message: string };

/** Where a probe stands: `passing` changes only after as many equal outcomes in a row as its threshold says. */
export interface ProbeProgress {
  passing: boolean | undefined;
  /** Whether the last outcomes were good, and how many of them in a row. */
  run: { ok: boolean; length: number } | undefined;
}

/** Before the first look: not ready, alive, and not started. */
export const unprobed = { readiness: false, liveness: true, startup: undefined } as const;

export function begin(kind: keyof typeof unprobed): ProbeProgress {
  return { passing: unprobed[kind], run: undefined };
}

export function afterOutcome(
  progress: ProbeProgress,
  { ok }: Pick<ProbeOutcome, 'ok'>,
  { successThreshold, failureThreshold }: Pick<Probe, 'successThreshold' | 'failureThreshold'>,
): ProbeProgress {
  const length = progress.run?.ok === ok ? progress.run.length + 1 : 1;
  const enough = length >= (ok ? successThreshold : failureThreshold);
  return { passing: enough ? ok : progress.passing, run: { ok, length } };
}

/** The kubelet takes any answer from 200 to 399 for a good one. */
export function httpOutcome(status: number): ProbeOutcome {
  if (status >= 200 && status < 400) return { ok: true };
  return { ok: false, message: `HTTP probe failed with statuscode: ${status}` };
}

/** Redirects are followed on the same host only; one that leads away ends the probe, well. */
export function redirectOf(
  from: URL,
  status: number,
  location: string | undefined,
): { kind: 'none' } | { kind: 'follow'; url: URL } | { kind: 'away'; warning: string } | { kind: 'broken' } {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || location === '') return { kind: 'none' };
  if (!URL.canParse(location, from.href)) return { kind: 'broken' };
  const url = new URL(location, from);
  if (url.hostname === from.hostname && /^https?:$/.test(url.protocol)) return { kind: 'follow', url };
  return { kind: 'away', warning: `Probe terminated redirects, Response body: ${url.hostname}` };
}
