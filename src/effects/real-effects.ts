import type { Effects } from './effects.ts';

/** The real neighbours of the repository at `root`; each is loaded when it is first spoken to. */
export function realEffects(root: string): Effects {
  return {
    files: later(async () => (await import('./disk-files.ts')).diskFiles(root)),
    git: later(async () => (await import('./git/real-git.ts')).realGit(root)),
    handbook: later(async () => (await import('./package-handbook.ts')).packageHandbook()),
    machine: later(async () => Promise.reject(new Error('no machine yet'))),
    mcp: later(async () => Promise.reject(new Error('no prober yet'))),
    variable: (name) => process.env[name],
    localCluster: async () => Promise.reject(new Error('no local clusters yet')),
    cluster: async () => Promise.reject(new Error('no clusters yet')),
  };
}

type Asynchronous<T> = { [K in keyof T]: T[K] extends (...args: never[]) => Promise<unknown> ? T[K] : never };

/** Stands for an object whose methods are all asynchronous, and loads it at the first call. */
function later<T extends Asynchronous<T>>(load: () => Promise<T>): T {
  let loaded: Promise<T> | undefined;
  return new Proxy({} as T, {
    get:
      (_, method) =>
      async (...args: unknown[]) => {
        const real = await (loaded ??= load());
        return (real[method as keyof T] as (...args: unknown[]) => Promise<unknown>).apply(real, args);
      },
  });
}
