import type { ClusterConfig, Platform } from '../../platform/types.ts';
import type { Repository } from '../../repository/types.ts';
import { type ServerNames, serverNames } from '../../scaffold/server-names.ts';
import type { Context } from '../define-command.ts';
import { chooseCluster } from '../deploy/choose-cluster.ts';
import { loadPlatform } from '../load-platform.ts';
import { loadRepository } from '../load-repository.ts';

/** Where a new server goes. */
export interface NewSetting {
  platform: Platform;
  cluster: ClusterConfig;
  repository: Repository;
  names: ServerNames;
  /** The manifest's path. */
  manifest: string;
  /** The folder of its source. */
  folder: string;
}

export async function loadSetting(
  { name, cluster: wanted }: { name: string; cluster?: string | undefined },
  context: Context,
): Promise<NewSetting> {
  const names = serverNames(name);
  const platform = await loadPlatform(context, { orDefault: true });
  const cluster = chooseCluster(platform, wanted);
  const { directory } = platform.servers;
  return {
    platform,
    cluster,
    repository: await loadRepository(context),
    names,
    manifest: `${directory}/${names.file}`,
    folder: `${directory}/servers/${names.server}`,
  };
}
