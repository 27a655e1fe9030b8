import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/effects/free-port.ts';
import { userTrust } from '../../src/effects/user-trust.ts';
import { manifestFile, platformFiles } from './deploy-platform.ts';
import { type Sandbox, git, gitSandboxIn } from './git-sandbox.ts';
import { berth } from './run-berth.ts';
import { weatherManifest } from './weather-server.ts';

export interface SharedPlatform extends Sandbox {
  gatewayPort: number;
  /** `http://127.0.0.1:<port>/weather/mcp`. */
  url: string;
  /** Everything as it was at first: remote, branches, hooks, working tree with its new server. The cluster stays up. */
  reset(): void;
  /** Ends the cluster and takes the folder away. */
  close(): Promise<void>;
}

/** A platform whose local cluster several tests share, one after the other. */
export async function sharedPlatform(): Promise<SharedPlatform> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-deploy-'));
  const gatewayPort = await freePort();
  const sandbox = gitSandboxIn(folder, platformFiles(gatewayPort));
  process.env['XDG_CONFIG_HOME'] ??= join(folder, 'config');
  await userTrust(sandbox.work, process.env).give();
  const begin = sandbox.git('rev-parse', 'HEAD');
  const reset = (): void => {
    const { work, remote } = sandbox;
    for (const place of [work, remote]) {
      rmSync(join(place, place === remote ? 'hooks' : '.git/hooks'), { recursive: true, force: true });
    }
    git(remote, 'update-ref', 'refs/heads/main', begin);
    for (const branch of branchesOf(remote)) if (branch !== 'main') git(remote, 'branch', '-D', branch);
    git(work, 'switch', '--quiet', '--force', 'main');
    git(work, 'reset', '--quiet', '--hard', begin);
    git(work, 'clean', '--quiet', '-fd');
    for (const branch of branchesOf(work)) if (branch !== 'main') git(work, 'branch', '-D', branch);
    git(work, 'remote', 'set-url', 'origin', remote);
    git(work, 'fetch', '--quiet', '--prune', 'origin');
    sandbox.write(manifestFile, weatherManifest());
  };
  reset();
  return {
    ...sandbox,
    gatewayPort,
    url: `http://127.0.0.1:${gatewayPort}/weather/mcp`,
    reset,
    async close() {
      await berth(sandbox.work, ['down']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const branchesOf = (repository: string): string[] =>
  git(repository, 'for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n').filter(Boolean);
