import type { Cluster } from '../../effects/cluster/cluster.ts';
import { BerthError } from '../../errors.ts';
import { lockFile, readLock } from '../../lock/read-lock.ts';
import type { LockedServer } from '../../lock/types.ts';
import { lockedServerOf } from '../../lock/with-server.ts';
import { insideUrl, plannedEntries } from '../../plan/planned-entries.ts';
import type { Platform } from '../../platform/types.ts';
import { mcpServers, serverName } from '../../repository/mcp-servers.ts';
import { readRepository } from '../../repository/read-repository.ts';
import type { Canary, McpServer } from '../../repository/types.ts';
import type { Context } from '../define-command.ts';
import { chooseCluster } from '../deploy/choose-cluster.ts';
import { rememberingReader } from '../deploy/remembering-reader.ts';
import { type ServerForm, serverForm } from '../deploy/server-form.ts';
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
  const lock = readLock(await context.files.read(lockFile));
  const files = await context.files.readAll(['.yaml', '.yml', 'Kustomization']);
  const read = rememberingReader();
  const all = names.length > 0 ? names : mcpServers(readRepository(files, read), platform).map(({ name }) => name);
  if (all.length === 0) {
    throw new BerthError('USAGE', 'There is no server to verify', { hint: 'Name a URL, or begin with: berth new' });
  }

  const clusters = new Map<string, Promise<Cluster>>();
  const targets: ServerToProve[] = [];
  for (const name of all) {
    const locked = lockedServerOf(lock, serverName(name));
    const config = chooseCluster(platform, asked.cluster ?? locked?.cluster);
    const found = serverForm(files, { platform, config, name, read });
    const opened = clusters.get(config.name) ?? context.cluster(platform, config.name);
    clusters.set(config.name, opened);
    targets.push(...targetsOf(found, await opened, platform, { asked, locked }));
  }
  return targets;
}

function targetsOf(
  { server, form }: ServerForm,
  cluster: Cluster,
  { clients }: Platform,
  { asked, locked }: { asked: HowToAsk; locked: LockedServer | undefined },
): ServerToProve[] {
  const here = locked?.cluster === cluster.name ? locked : undefined;
  const entries = plannedEntries(server, form, clients, (service) => cluster.outsideUrl(service));
  const proven = Object.values(here?.clients ?? {});
  const urls = new Set(proven.length > 0 ? proven : entries.map(({ url }) => url));
  const inside = insideUrl(server, form);
  if (urls.size === 0 && inside !== undefined) urls.add(inside);
  if (urls.size === 0) {
    throw new BerthError('USAGE', `${server.name} has no Service, so no client can reach it`, {
      hint: `berth new ${server.name} makes one.`,
    });
  }
  return [...urls].map((url) => ({
    server,
    cluster,
    url,
    headers: asked.headers,
    timeoutSeconds: asked.timeoutSeconds,
    workload: { namespace: form.namespace, name: form.workload },
    canary: canaryOf(server, asked.canary),
    locked: here?.contract,
  }));
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
