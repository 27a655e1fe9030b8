import { serverName } from '../../repository/mcp-servers.ts';
import type { Context } from '../define-command.ts';
import { loadPlatform } from '../load-platform.ts';
import { chooseCluster } from './choose-cluster.ts';
import { rememberingReader } from './remembering-reader.ts';
import type { Setting } from './setting.ts';

/** Finds out where to, once for the whole command. */
export async function openSetting(
  context: Context,
  { name, cluster: wanted, timeout }: { name: string; cluster?: string | undefined; timeout: number },
): Promise<Setting> {
  const platform = await loadPlatform(context);
  const config = chooseCluster(platform, wanted);
  return {
    platform,
    cluster: await context.cluster(platform, config.name),
    config,
    target: await context.git.target(platform.git),
    name: serverName(name),
    timeoutSeconds: timeout,
    read: rememberingReader(),
  };
}
