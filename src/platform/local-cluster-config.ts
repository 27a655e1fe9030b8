import { BerthError } from '../errors.ts';
import type { LocalClusterConfig, Platform } from './types.ts';

/** What berth calls the cluster of this machine where `berth.yaml` describes none. */
const standIn = 'local';
const defaultGatewayPort = 3100;

/**
 * The local cluster that is meant: the one that was asked for, or the only one; where `berth.yaml` has none, one that
 * stands in for the cluster whose servers are to be tried here. Errors: USAGE.
 */
export function localClusterConfig({ clusters, servers }: Platform, wanted?: string): LocalClusterConfig {
  const locals = [...clusters.values()].filter((cluster) => cluster.kind === 'local');
  const named = wanted === undefined ? undefined : clusters.get(wanted);
  if (named?.kind === 'local') return named;
  if (wanted !== undefined && !named && wanted !== standIn) {
    throw new BerthError('USAGE', `berth.yaml has no cluster "${wanted}"`, {
      hint: `It has ${[...clusters.keys()].join(', ')}.`,
    });
  }
  const [only, another] = locals;
  if (wanted === undefined && only) {
    if (!another) return only;
    throw new BerthError('USAGE', 'There is more than one local cluster', {
      hint: `Add --cluster: ${locals.map(({ name }) => name).join(', ')}.`,
    });
  }
  const allowed = [...clusters.values()].filter(
    ({ mcpServers, repository }) => mcpServers === 'allowed' && !repository,
  );
  const like = named ? [named] : allowed;
  const paths = [...new Set(like.flatMap((cluster) => cluster.paths))];
  return {
    name: standIn,
    kind: 'local',
    mcpServers: 'allowed',
    gatewayPort: defaultGatewayPort,
    paths: paths.length > 0 ? paths : [servers.directory],
  };
}
