import type { Cluster } from '../../effects/cluster/cluster.ts';
import { BerthError } from '../../errors.ts';
import { lockFile, readLock } from '../../lock/read-lock.ts';
import type { Lock } from '../../lock/types.ts';
import { lockedServerOf } from '../../lock/with-server.ts';
import { findServer } from '../../repository/find-server.ts';
import { mcpServers } from '../../repository/mcp-servers.ts';
import { readRepository } from '../../repository/read-repository.ts';
import type { Canary, McpServer } from '../../repository/types.ts';
import type { Context } from '../define-command.ts';
import { chooseCluster } from '../deploy/choose-cluster.ts';
import { loadPlatform } from '../load-platform.ts';
import type { ServerToProve } from './prove-server.ts';

export interface HowToAsk {
  /** Undefined: where the lock has the server, or the only one there is. */
  cluster: string | undefined;
  headers: Readonly<Record<string, string>>;
  /** What was asked for on the command line, in place of a server's own canary. */
  canary: Partial<Canary>;
  timeoutSeconds: number;
}

/** Servers of the platform by their names (none: all of them), once for each URL that their clients use. */
export async function serverTargets(
  context: Context,
  names: readonly string[],
  asked: HowToAsk,
): Promise<ServerToProve[]> {
  const platform = await loadPlatform(context);
  const repository = readRepository(await context.files.readAll(['.yaml', '.yml']));
  const lock = readLock(await context.files.read(lockFile));
  const servers =
    names.length > 0 ? names.map((name) => findServer(repository, platform, name)) : mcpServers(repository, platform);
  const [first] = servers;
  if (!first)
    throw new BerthError('USAGE', 'There is no server to verify', { hint: 'Name a URL, or begin with: berth new' });

  const clusters = new Map<string, Promise<Cluster>>();
  const targets: ServerToProve[] = [];
  for (const server of servers) {
    const wanted = asked.cluster ?? lockedServerOf(lock, server.name)?.cluster;
    const clusterName = chooseCluster(platform, wanted).name;
    const opened = clusters.get(clusterName) ?? context.cluster(platform, clusterName);
    clusters.set(clusterName, opened);
    targets.push(...targetsOfServer(server, await opened, lock, asked));
  }
  return targets;
}

function targetsOfServer(
  server: McpServer,
  cluster: Cluster,
  lock: Lock,
  { canary, headers, timeoutSeconds }: HowToAsk,
): ServerToProve[] {
  const locked = lockedServerOf(lock, server.name);
  const here = locked?.cluster === cluster.name ? locked : undefined;
  const known = [...new Set(Object.values(here?.clients ?? {}))];
  const urls = known.length > 0 ? known : [urlOf(server, cluster)];
  const { namespace, workload } = server;
  return urls.map((url) => ({
    server,
    cluster,
    url,
    headers,
    timeoutSeconds,
    workload: { namespace, name: workload.name },
    canary: canaryOf(server, canary),
    locked: here?.contract,
  }));
}

/** The URL of a server that no client file names yet. */
function urlOf({ name, namespace, service, port, nodePort, path }: McpServer, cluster: Cluster): string {
  if (!service || port === undefined) {
    throw new BerthError('USAGE', `${name} has no Service, so no client can reach it`, {
      hint: 'berth new makes one.',
    });
  }
  const about = {
    server: name,
    namespace,
    name: service.name,
    port,
    path,
    ...(nodePort === undefined ? {} : { nodePort }),
  };
  return cluster.outsideUrl(about) ?? `http://${service.name}.${namespace}.svc.cluster.local:${port}${path}`;
}

/** Another tool is another canary; expressions alone are asked of the tool that the server's canary calls. */
function canaryOf({ name, canary }: McpServer, { tool, args, ...expressions }: Partial<Canary>): Canary | undefined {
  if (tool !== undefined) return { tool, args: args ?? {}, ...expressions };
  if (canary) return { ...canary, ...(args ? { args } : {}), ...expressions };
  if (args ?? expressions.mustMatch ?? expressions.mustNotMatch) {
    throw new BerthError('USAGE', `${name} has no canary, so there is no tool that this is for`, {
      hint: 'Add --tool NAME.',
    });
  }
  return undefined;
}
