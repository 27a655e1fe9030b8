import type { World } from '../../src/commands/define-command.ts';
import { realEffects } from '../../src/effects/real-effects.ts';

const elsewhere = (root: string) => ({ ...realEffects(root), root });

/** The real neighbours of a folder, with what a test puts in their place. */
export function testWorld(root: string, replaced: Partial<World> = {}): World {
  return {
    ...elsewhere(root),
    elsewhere,
    now: Date.now,
    signal: AbortSignal.timeout(60_000),
    openDoor: async () => Promise.reject(new Error('a test opens doors itself')),
    ...replaced,
  };
}
