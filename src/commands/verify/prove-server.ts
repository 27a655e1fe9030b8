import { tokenVariable } from '../../clients/token-variable.ts';
import type { Cluster, WorkloadRef } from '../../effects/cluster/cluster.ts';
import { BerthError } from '../../errors.ts';
import type { Contract, Endpoint } from '../../proof/types.ts';
import type { Canary, McpServer } from '../../repository/types.ts';
import type { Context } from '../define-command.ts';
import { podEvidence } from './pod-evidence.ts';
import { type Background, type Proven, proveEndpoint } from './prove-endpoint.ts';

export interface ServerToProve {
  server: McpServer;
  cluster: Cluster;
  /** As the cluster has it; a kustomization may have renamed what the manifest says. */
  workload: WorkloadRef;
  /** What a client's configuration says. */
  url: string;
  /** In place of the server's own. */
  canary?: Canary | undefined;
  /** Sent beside the server's token. */
  headers?: Readonly<Record<string, string>>;
  locked?: Contract | undefined;
  timeoutSeconds: number;
}

/**
 * Proves a server of the platform as its clients reach it: the URL's own Host, the token that it asks for, its canary.
 * Log, events and exit code of its pods help to name what is wrong. Errors: SERVER_NOT_RUNNING, TOKEN_MISSING, USAGE for a canary that
 * cannot be read, and what the cluster itself refuses.
 */
export async function proveServer(context: Context, asked: ServerToProve): Promise<Proven> {
  const { server, cluster, workload, url, headers = {}, locked, timeoutSeconds } = asked;
  const { signal } = context;
  await mustRun(asked, signal);
  const sent = { ...(await tokenHeader(context, asked)), ...headers };
  const route = await cluster.route(url, signal);
  try {
    const endpoint: Endpoint = {
      url,
      headers: sent,
      ...(route ? { connectTo: { host: route.host, port: route.port } } : {}),
    };
    const subject = {
      name: server.name,
      endpoint,
      canary: asked.canary ?? server.canary,
      mayPickTool: true,
      healthPath: healthPathAt(url, server),
      locked,
      timeoutSeconds,
    };
    return await proveEndpoint(context, subject, async () => lookBehind(context, cluster, server, workload));
  } finally {
    await route?.close();
  }
}

/** On one machine, another platform may answer at the same port: what is not there is not asked. */
async function mustRun({ server: { name }, cluster, workload }: ServerToProve, signal: AbortSignal): Promise<void> {
  if (cluster.kind !== 'local' || (await cluster.observe(workload, signal))) return;
  throw new BerthError('SERVER_NOT_RUNNING', `${name} does not run on ${cluster.name}`, {
    hint: `Start it: berth up ${name}, or berth deploy ${name}`,
  });
}

/** The same token that clients send: out of the Secret, or out of the variable that their configuration names. */
async function tokenHeader(
  { signal, variable }: Context,
  { server: { name, token }, cluster, workload }: ServerToProve,
): Promise<Record<string, string>> {
  if (!token) return {};
  const inSecret = await cluster.secretValue(workload.namespace, token.secret, token.key, signal);
  const value = inSecret ?? variable(tokenVariable(name));
  if (value === undefined || value === '') {
    throw new BerthError(
      'TOKEN_MISSING',
      `${name} asks for a token, and Secret ${token.secret} has no key ${token.key}`,
      {
        at: `${cluster.name}/${workload.namespace}/Secret/${token.secret}`,
        hint: `Put it there, or: export ${tokenVariable(name)}=…`,
      },
    );
  }
  return { authorization: `Bearer ${value}` };
}

/** Behind a gateway or an ingress the server's own paths have a prefix. */
function healthPathAt(url: string, { healthPath, path }: McpServer): string | undefined {
  if (healthPath === undefined) return undefined;
  const { pathname } = new URL(url);
  const prefix = pathname.endsWith(path) ? pathname.slice(0, pathname.length - path.length) : '';
  return `${prefix}${healthPath}`;
}

async function lookBehind(
  { signal }: Context,
  cluster: Cluster,
  server: McpServer,
  workload: WorkloadRef,
): Promise<Background> {
  const observed = await cluster.observe(workload, signal);
  const pod = observed && podEvidence(observed, server.codeHash);
  const data = Object.entries((server.code?.value['data'] ?? {}) as Record<string, unknown>);
  const code = data.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { server, ...(pod ? { pod } : {}), ...(code.length > 0 ? { code: new Map(code) } : {}) };
}
