import type { Cluster } from '../../effects/cluster/cluster.ts';
import { BerthError } from '../../errors.ts';
import { lockFile, readLock } from '../../lock/read-lock.ts';
import type { Lock } from '../../lock/types.ts';
import { lockedServerOf } from '../../lock/with-server.ts';
import type { Platform } from '../../platform/types.ts';
import type { Proof } from '../../proof/types.ts';
import { findServer } from '../../repository/find-server.ts';
import { mcpServers } from '../../repository/mcp-servers.ts';
import { readRepository } from '../../repository/read-repository.ts';
import type { Canary, McpServer } from '../../repository/types.ts';
import type { Context } from '../define-command.ts';
import { loadPlatform } from '../load-platform.ts';
import { inParallel } from './in-parallel.ts';
import { proveEndpoint } from './prove-endpoint.ts';
import { proveServer } from './prove-server.ts';

export interface WhatToVerify {
  /** Servers of the platform and URLs; none: every server of the platform. */
  servers: readonly string[];
  cluster: string | undefined;
  headers: Readonly<Record<string, string>>;
  /** What was asked for on the command line, in place of a server's own canary. */
  canary: Partial<Canary>;
  timeoutSeconds: number;
}

const atOnce = 4;

/** Proves all that is asked for, each on every URL that its clients use. */
export async function verifyServers(context: Context, asked: WhatToVerify): Promise<Proof[]> {
  const urls = asked.servers.filter(isUrl);
  const names = asked.servers.filter((server) => !isUrl(server));
  for (const url of urls) mustBeUsable(url, asked.canary);
  const targets = names.length > 0 || urls.length === 0 ? await targetsOf(context, names, asked) : [];
  const proofs = [
    ...targets.map((target) => async () => proveServer(context, target)),
    ...urls.map((url) => async () => proveUrl(context, url, asked)),
  ];
  const proven = await inParallel(proofs, atOnce, async (prove) => prove());
  return proven.map(({ proof }) => proof);
}

const isUrl = (server: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(server);

function mustBeUsable(text: string, { tool, mustMatch, mustNotMatch }: Partial<Canary>): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new BerthError('USAGE', 'An endpoint is an http or https URL', {
      hint: 'For example http://10.20.0.40:31117/mcp',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new BerthError('USAGE', 'A URL with a user or password is no endpoint', {
      hint: "Send it as a header: --header 'Authorization:Basic ${CREDENTIALS}'",
    });
  }
  if (tool === undefined && (mustMatch ?? mustNotMatch) !== undefined) {
    throw new BerthError('USAGE', 'There is no answer to look at without a tool to call', { hint: 'Add --tool NAME.' });
  }
}

async function proveUrl(context: Context, url: string, { canary, headers, timeoutSeconds }: WhatToVerify) {
  const { tool, args = {}, ...expressions } = canary;
  context.progress(`asking ${new URL(url).host}`);
  return proveEndpoint(context, {
    name: new URL(url).host,
    endpoint: { url, headers },
    canary: tool === undefined ? undefined : { tool, args, ...expressions },
    mayPickTool: false,
    timeoutSeconds,
  });
}

async function targetsOf(context: Context, names: readonly string[], asked: WhatToVerify) {
  const platform = await loadPlatform(context);
  const repository = readRepository(await context.files.readAll(['.yaml', '.yml']));
  const lock = readLock(await context.files.read(lockFile));
  const servers =
    names.length > 0 ? names.map((name) => findServer(repository, platform, name)) : mcpServers(repository, platform);
  const [first] = servers;
  if (!first)
    throw new BerthError('USAGE', 'There is no server to verify', { hint: 'Name a URL, or begin with: berth new' });

  const clusters = new Map<string, Promise<Cluster>>();
  const targets = [];
  for (const server of servers) {
    const clusterName = asked.cluster ?? lockedServerOf(lock, server.name)?.cluster ?? onlyCluster(platform);
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
  { canary, headers, timeoutSeconds }: WhatToVerify,
) {
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

function onlyCluster({ clusters }: Platform): string {
  const allowed = [...clusters.values()].filter(
    ({ mcpServers: allow, repository }) => allow === 'allowed' && !repository,
  );
  const [only, ...others] = allowed;
  if (only && others.length === 0) return only.name;
  throw new BerthError(
    'USAGE',
    only ? 'There is more than one cluster for MCP servers' : 'No cluster allows MCP servers',
    {
      hint: only
        ? `Add --cluster: ${allowed.map(({ name }) => name).join(', ')}.`
        : 'Write mcpServers: allowed in berth.yaml.',
    },
  );
}
