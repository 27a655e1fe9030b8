import { BerthError } from '../../errors.ts';
import { nearestWord } from '../../nearest-word.ts';
import type { ClusterConfig, Platform } from '../../platform/types.ts';

/** The cluster that was asked for, or the only one where MCP servers may run. */
export function chooseCluster({ clusters }: Platform, wanted: string | undefined): ClusterConfig {
  const allowed = [...clusters.values()].filter(
    ({ mcpServers, repository }) => mcpServers === 'allowed' && !repository,
  );
  const names = allowed.map(({ name }) => name).join(', ');
  const [only, ...others] = allowed;
  if (wanted === undefined) {
    if (only && others.length === 0) return only;
    throw only
      ? new BerthError('USAGE', 'There is more than one cluster for MCP servers', { hint: `Add --cluster: ${names}.` })
      : new BerthError('CONFIG_INVALID', 'No cluster of berth.yaml allows MCP servers', {
          at: 'berth.yaml',
          hint: 'Write mcpServers: allowed at the one that they shall run in.',
        });
  }
  const config = clusters.get(wanted);
  if (!config) {
    const meant = nearestWord(wanted, clusters.keys());
    throw new BerthError('USAGE', `berth.yaml has no cluster "${wanted}"`, {
      hint: meant ? `Did you mean ${meant}?` : `It has ${[...clusters.keys()].join(', ')}.`,
    });
  }
  if (allowed.includes(config)) return config;
  throw config.repository
    ? new BerthError('USAGE', `${wanted} is deployed from ${config.repository}`, { hint: 'Run berth there.' })
    : new BerthError('USAGE', `No MCP server may run on ${wanted}`, { hint: `Deploy to ${names}.` });
}
