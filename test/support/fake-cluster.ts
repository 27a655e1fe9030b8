import type { Cluster, ObservedWorkload } from '../../src/effects/cluster/cluster.ts';
import { deployedForm } from '../../src/plan/deployed-form.ts';
import { readPlatform } from '../../src/platform/read-platform.ts';
import { mcpServers } from '../../src/repository/mcp-servers.ts';
import { readRepository } from '../../src/repository/read-repository.ts';
import { git } from './git-sandbox.ts';

const place = { file: 'servers/kustomization.yaml', root: 'servers' };

/** A cluster that follows the branch of a bare remote and runs nothing. `changed` makes what it says of a workload worse. */
export function fakeCluster(
  remote: string,
  changed: (workload: ObservedWorkload) => ObservedWorkload = (workload) => workload,
): Cluster {
  const observeAll = async (): Promise<ObservedWorkload[]> => {
    const files = treeOf(remote);
    return mcpServers(readRepository(files), readPlatform(files.get('berth.yaml') ?? '')).map((server) => {
      const { namespace, workload, image, codeHash } = deployedForm(files, place, server);
      const carried = { image, templateHash: 't', ...(codeHash === undefined ? {} : { codeHash }) };
      const container = { name: 'mcp-server', init: false, state: 'running', restarts: 0 } as const;
      const pod = { ...carried, name: `${workload}-1`, phase: 'Running', ready: true, terminating: false } as const;
      const pods = [{ ...pod, containers: [container], events: [], lastLogLines: [] }];
      const ref = { namespace, name: workload };
      return changed({ ...carried, ref, replicas: 1, updated: 1, available: 1, complete: true, pods });
    });
  };
  return {
    name: 'laptop',
    kind: 'local',
    describe: () => 'laptop (a fake)',
    refresh: async () => undefined,
    synced: async () => ({ revision: git(remote, 'rev-parse', 'main') }),
    observe: async ({ name }) => (await observeAll()).find(({ ref }) => ref.name === name),
    observeAll,
    route: async () => undefined,
    outsideUrl: ({ server, path }) => `http://127.0.0.1:3100/${server}${path}`,
    logs: async function* () {},
    restart: async () => undefined,
    secretValue: async () => undefined,
  };
}

function treeOf(remote: string): Map<string, string> {
  const names = git(remote, 'ls-tree', '-r', '--name-only', 'main').split('\n');
  return new Map(names.map((name) => [name, `${git(remote, 'show', `main:${name}`)}\n`]));
}
