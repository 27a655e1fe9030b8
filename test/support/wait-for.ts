import { vi } from 'vitest';

/** Waits until something holds, however busy the machine is. */
export async function waitFor(holds: () => boolean, seen: () => string = () => ''): Promise<void> {
  await vi.waitFor(
    () => {
      if (!holds()) throw new Error(`not yet: ${holds.toString()}\n${seen()}`);
    },
    { timeout: 25_000, interval: 30 },
  );
}
