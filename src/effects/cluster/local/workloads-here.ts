import type { BuiltObject } from '../../../kustomize/build-kustomization.ts';
import { isClusterScoped } from '../../../kustomize/cluster-scoped.ts';
import { localWorkloads } from '../../../local/local-workloads.ts';
import { isMcpWorkload } from '../../../repository/is-mcp-workload.ts';
import { mapAt, textAt } from '../../../repository/value-at.ts';
import { readLocalSecrets } from './secrets/local-secrets.ts';
import { makeTokens, type SecretKey } from './secrets/make-tokens.ts';
import type { Workloads } from './supervisor/supervisor.ts';

export interface WorkloadsHere {
  root: string;
  /** Of `berth.yaml`: what has no namespace gets this one, as a GitOps controller would give it. */
  servers: { directory: string; namespace: string };
}

/** The MCP servers among the objects of a cluster, as they run on this machine with the secrets that it has. */
export async function workloadsHere(
  objects: readonly BuiltObject[],
  { root, servers }: WorkloadsHere,
): Promise<Workloads> {
  const wanted = objects.filter((object) => !isWorkload(object) || isMcp(object, servers.directory));
  const tokens = wanted.filter(isWorkload).flatMap(tokenOf);
  let secrets = await readLocalSecrets(root, process.env);
  if (await makeTokens(root, tokens, secrets)) secrets = await readLocalSecrets(root, process.env);
  return localWorkloads(
    wanted.map(({ value }) => inNamespace(value, servers.namespace)),
    secrets,
  );
}

const isWorkload = ({ value }: BuiltObject): boolean =>
  ['Deployment', 'StatefulSet'].includes(textAt(value, 'kind') ?? '');

const isMcp = ({ value, file }: BuiltObject, directory: string): boolean =>
  isMcpWorkload({ value, file, name: textAt(value, 'metadata', 'name') ?? '' }, directory);

/** The token that a server asks its clients for: nobody but us can make it here. */
function tokenOf({ value }: BuiltObject): SecretKey[] {
  const token = textAt(value, 'metadata', 'annotations', 'mcp-berth.dev/token') ?? '';
  const [, secret, key] = /^([^/]+)\/([^/]+)$/.exec(token) ?? [];
  return secret === undefined || key === undefined ? [] : [{ secret, key }];
}

function inNamespace(value: Record<string, unknown>, namespace: string): Record<string, unknown> {
  const metadata = mapAt(value, 'metadata');
  const scoped = isClusterScoped(textAt(value, 'apiVersion') ?? '', textAt(value, 'kind') ?? '');
  return metadata['namespace'] === undefined && !scoped ? { ...value, metadata: { ...metadata, namespace } } : value;
}
