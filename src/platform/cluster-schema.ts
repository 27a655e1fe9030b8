import { z } from 'zod';
import { isInCidr } from './ip-address.ts';
import { address, cidr, dnsLabel, insidePath, key, port, text } from './schema-values.ts';

const mcpServers = z.enum(['allowed', 'forbidden']);
const paths = key(
  'Paths',
  'Folders that the cluster syncs, from the root of its repository. Default: the whole repository; the folder of the servers where berth itself applies them.',
  z.array(insidePath).min(1, 'must name at least one folder').optional(),
);
const repository = key(
  'Repository',
  'A sibling repository that the cluster syncs, relative to this one: ../prod_homelab. Default: this one.',
  text.regex(/^[^/\\][^:\\]*$/, 'must be a path relative to this repository: ../prod_homelab').optional(),
);

const kubernetesCluster = z
  .strictObject({
    kind: key(
      'Kind',
      'kubernetes (the default), or local: the cluster that berth runs on this machine.',
      z.literal('kubernetes').default('kubernetes'),
    ),
    cidr: key(
      'Network',
      'The network of its nodes. berth writes to a cluster only when its nodes lie in it.',
      cidr.optional(),
    ),
    context: key(
      'Context',
      'The kubeconfig context. Without one this cluster is only checked in Git.',
      text.optional(),
    ),
    version: key(
      'Kubernetes version',
      'Whose schemas apply: "1.34". Without one only what is wrong in every known version is an error.',
      text.regex(/^1\.\d{1,2}$/, 'must be a minor version in quotes: "1.34"').optional(),
    ),
    nodeAddress: key('Node address', 'What NodePort URLs use. Must lie in the network.', address.optional()),
    mcpServers: key(
      'MCP servers',
      'Whether MCP servers may run here. On a local cluster they may unless forbidden.',
      mcpServers.default('forbidden'),
    ),
    paths,
    repository,
    gitops: key(
      'GitOps',
      'Who applies the manifests.',
      z
        .strictObject({
          engine: key(
            'Engine',
            'argocd, flux, or none: berth applies them itself.',
            z.enum(['argocd', 'flux', 'none']),
          ),
          application: key('Application', 'The Argo CD Application, or the Flux Kustomization.', text.optional()),
          namespace: key('Namespace', 'Where that object lives: argocd, flux-system.', dnsLabel.optional()),
        })
        .default({ engine: 'none' }),
    ),
  })
  .refine(({ nodeAddress, cidr: network }) => !nodeAddress || !network || isInCidr(nodeAddress, network), {
    path: ['nodeAddress'],
    error: ({ input }) => {
      const cluster = input as { nodeAddress: string; cidr: string };
      return `${cluster.nodeAddress} does not lie in the cluster's network ${cluster.cidr}`;
    },
  });

const localCluster = z.strictObject({
  kind: key('Kind', 'local: the cluster that berth runs on this machine.', z.literal('local')),
  mcpServers: key(
    'MCP servers',
    'Whether MCP servers may run here. On a local cluster they may unless forbidden.',
    mcpServers.default('allowed'),
  ),
  gatewayPort: key('Gateway port', 'Where http://127.0.0.1:<port>/<name>/mcp answers.', port.default(3100)),
  paths,
  repository,
});

/** One cluster of `berth.yaml`, of either kind. */
export const clusterSchema = z.discriminatedUnion('kind', [kubernetesCluster, localCluster]);
