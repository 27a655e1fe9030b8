/** How long a container waits before it is started again. The kubelet: 10 s, doubling to 5 min, forgotten after 10 min of running. */
export interface BackOffLimits {
  firstMilliseconds: number;
  mostMilliseconds: number;
}

export const kubeletBackOff: BackOffLimits = { firstMilliseconds: 10_000, mostMilliseconds: 300_000 };

/** The first restart is immediate; `failures` counts the ends in a row, the one just now included. */
export function backOffMilliseconds(failures: number, { firstMilliseconds, mostMilliseconds }: BackOffLimits): number {
  if (failures <= 1) return 0;
  // Beyond 2^20 the limit is reached anyway.
  return Math.min(firstMilliseconds * 2 ** Math.min(failures - 2, 20), mostMilliseconds);
}

/** The ends in a row after one more; a container that ran for twice the limit has earned a new beginning. */
export function failuresAfter(failures: number, ranMilliseconds: number, { mostMilliseconds }: BackOffLimits): number {
  return ranMilliseconds >= 2 * mostMilliseconds ? 1 : failures + 1;
}

/** As the kubelet prints it in `back-off 1m20s restarting failed container`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (milliseconds < 1000) return `${milliseconds}ms`;
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
