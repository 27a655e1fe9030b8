import type { Machine } from '../../src/effects/machine.ts';

export interface FakeMachine extends Machine {
  /** How often a Git repository was made. */
  readonly repositories: () => number;
}

/** A machine whose kubeconfig has these contexts; the first is the current one. */
export function fakeMachine(...contexts: readonly string[]): FakeMachine {
  let made = 0;
  return {
    repositories: () => made,
    kubeContexts: async () => contexts.map((name, index) => ({ name, current: index === 0 })),
    initGit: async () => void made++,
  };
}
