import type { Cluster } from '../../effects/cluster/cluster.ts';
import type { LocalCluster } from '../../effects/cluster/local/local-cluster.ts';
import { BerthError } from '../../errors.ts';
import { localClusterConfig } from '../../platform/local-cluster-config.ts';
import type { Platform } from '../../platform/types.ts';
import type { Context } from '../define-command.ts';

/**
 * The cluster to look at: the one that was asked for; else the local one, where there is one or `berth up` runs; else
 * the only one where MCP servers may run.
 */
export async function whichCluster(
  context: Context,
  platform: Platform,
  wanted: string | undefined,
): Promise<Cluster | LocalCluster> {
  const config = wanted === undefined ? undefined : platform.clusters.get(wanted);
  if (config?.kind === 'kubernetes') return context.cluster(platform, config.name);
  const local = await context.localCluster(platform, localClusterConfig(platform, wanted));
  if (wanted !== undefined || platform.clusters.has(local.name)) return local;
  if (await local.state(context.signal)) return local;
  const allowed = [...platform.clusters.values()].filter(({ mcpServers }) => mcpServers === 'allowed');
  const [only, another] = allowed;
  if (!only) return local;
  if (!another) return context.cluster(platform, only.name);
  throw new BerthError('USAGE', 'There is more than one cluster for MCP servers', {
    hint: `Add --cluster: ${allowed.map(({ name }) => name).join(', ')}.`,
  });
}

/** Only a local cluster tells more than every cluster does. */
export const isLocal = (cluster: Cluster | LocalCluster): cluster is LocalCluster => cluster.kind === 'local';
