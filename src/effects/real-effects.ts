import { BerthError } from '../errors.ts';
import type { Effects } from './effects.ts';

/** The real neighbours of the repository at `root`; each is loaded when it is first spoken to. */
export function realEffects(root: string): Effects {
  const git = later(async () => (await import('./git/real-git.ts')).realGit(root));
  const localCluster: Effects['localCluster'] = async (platform, config) => {
    const { openLocalCluster } = await import('./cluster/local/open-local-cluster.ts');
    return openLocalCluster({ root, platform, config, git });
  };
  return {
    bundler: later(async () => (await import('./bundler/esbuild-bundler.ts')).esbuildBundler(root)),
    files: later(async () => (await import('./disk-files.ts')).diskFiles(root)),
    git,
    handbook: later(async () => (await import('./package-handbook.ts')).packageHandbook()),
    images: later(async () => (await import('./registry/oci-registry.ts')).ociRegistry()),
    machine: later(async () => (await import('./machine/real-machine.ts')).realMachine(root)),
    mcp: later(async () => (await import('./probe/real-prober.ts')).realProber()),
    playground: later(async () => (await import('./temporary-playground.ts')).temporaryPlayground()),
    python: later(async () => (await import('./python/real-python.ts')).realPython),
    sources: later(async () => (await import('./disk-sources.ts')).diskSources),
    trust: later(async () => (await import('./user-trust.ts')).userTrust(root, process.env)),
    variable: (name) => process.env[name],
    localCluster,
    async cluster(platform, name) {
      const config = platform.clusters.get(name);
      if (config?.kind === 'local') return localCluster(platform, config);
      throw new BerthError('CLUSTER_UNSUPPORTED', `${name} is no local cluster, and berth cannot speak to others yet`, {
        hint: 'Commit and push: your GitOps engine applies it. Then prove it: berth verify URL. Here it runs with: berth up.',
      });
    },
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
