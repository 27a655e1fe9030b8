import type { Context } from '../../src/commands/define-command.ts';
import type { Cluster } from '../../src/effects/cluster/cluster.ts';
import type { Observation } from '../../src/proof/types.ts';
import { fakeCluster } from './fake-cluster.ts';
import type { Sandbox } from './git-sandbox.ts';

export interface FakeWorld {
  /** What every server answers to every call. */
  answer?: string;
  cluster?: Cluster;
  /** The code of the repository may run as the user. */
  trusted?: boolean;
}

/** Real files and real Git around a cluster and servers that only say what they are told to. */
export function fakeWorld(
  { remote }: Sandbox,
  { answer = 'temperature in Oslo: 21', cluster = fakeCluster(remote), trusted = true }: FakeWorld = {},
): Partial<Context> {
  return {
    cluster: async () => cluster,
    trust: { given: async () => trusted, give: async () => undefined },
    mcp: { probe: async ({ endpoint }) => observation(endpoint.url, answer) },
    now: () => 0,
  };
}

function observation(url: string, text: string): Observation {
  return {
    endpoint: { url },
    exchanges: [],
    connected: { transport: 'streamable-http', era: 'legacy', protocolVersion: '2025-06-18' },
    protocolVersions: ['2025-06-18'],
    tools: [{ name: 'forecast', annotations: { readOnlyHint: true } }],
    call: { tool: 'forecast', args: { city: 'Oslo' }, milliseconds: 12, result: { isError: false, text } },
  };
}
