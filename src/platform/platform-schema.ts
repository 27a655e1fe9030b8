import { z } from 'zod';
import { clusterSchema } from './cluster-schema.ts';
import { clusterName, dnsLabel, insideFile, key, portRange, text, url } from './schema-values.ts';

const infisical = z.strictObject({
  hostAPI: key('Host', 'The API of the Infisical instance.', url),
  projectSlug: key('Project', 'The slug of the project.', text),
  envSlug: key('Environment', 'The slug of the environment: prod.', text),
  secretsPath: key('Path', 'The folder of the secrets: /mcp.', text.startsWith('/', 'must begin with "/"')),
  credentialsRef: key(
    'Credentials',
    'The Secret with the machine identity that the operator logs in with.',
    z.strictObject({
      name: key('Name', 'Name of the Secret.', text),
      namespace: key('Namespace', 'Namespace of the Secret.', dnsLabel),
    }),
  ),
});

const externalSecrets = z.strictObject({
  storeRef: key(
    'Store',
    'The store that ExternalSecrets read from.',
    z.strictObject({
      kind: key('Kind', 'SecretStore or ClusterSecretStore.', z.enum(['SecretStore', 'ClusterSecretStore'])),
      name: key('Name', 'Name of the store.', text),
    }),
  ),
  keyPrefix: key('Key prefix', 'Stands before the name of a secret in the store: mcp/.', text.optional()),
});

const images = z.strictObject({
  python: key('Python image', 'Runs servers written in Python.', text.default('python:3.11-slim')),
  node: key('Node image', 'Runs servers written in TypeScript.', text.default('node:22-slim')),
  init: key(
    'Install image',
    'Installs the packages of a Python server before it starts. Same Python and C library as the Python image.',
    text.default('ghcr.io/astral-sh/uv:python3.11-bookworm-slim'),
  ),
});

const nodePorts = z
  .strictObject({
    allocate: key('Allocate', 'New servers get the next free port of this range.', portRange.prefault('31100-31199')),
    accept: key('Accept', 'Ports that existing servers may have.', portRange.prefault('31000-31999')),
    reserved: key(
      'Reserved',
      'Ports that nobody gets, with what they are kept for.',
      z.record(z.string().regex(/^[1-9]\d{0,4}$/, 'must be a port: 1 to 65535'), z.string()).default({}),
    ),
  })
  .refine(({ allocate, accept }) => allocate[0] >= accept[0] && allocate[1] <= accept[1], {
    path: ['allocate'],
    error: 'must lie within the range of nodePorts.accept',
  });

const clientFile = z.strictObject({
  file: key('File', 'A client file, from the root of this repository: .mcp.json.', insideFile),
  from: key(
    'From',
    'Where its readers are: outside (NodePort URLs) or inside the cluster (Service DNS URLs).',
    z.enum(['outside', 'inside']),
  ),
});

/** `berth.yaml`, as people write it; what it parses to has all defaults but those that depend on several keys. */
export const platformSchema = z.strictObject({
  apiVersion: key('API version', 'The version of this format: mcp-berth.dev/v1.', z.literal('mcp-berth.dev/v1')),
  kind: key('Kind', 'What this file is: Platform.', z.literal('Platform')),
  clusters: key(
    'Clusters',
    'The clusters of this platform, by name. MCP servers may run in none that is not listed.',
    z
      .record(clusterName, clusterSchema)
      .refine((clusters) => Object.keys(clusters).length > 0, 'must name at least one cluster'),
  ),
  git: key(
    'Git',
    'Where deploys are pushed to. Default: the upstream of the current branch.',
    z
      .strictObject({
        remote: key(
          'Remote',
          'Name of the remote: origin.',
          text.regex(/^[^-\s]\S*$/, 'must be the name of a remote').optional(),
        ),
        branch: key(
          'Branch',
          'Name of the branch: main.',
          text.regex(/^[^-\s]\S*$/, 'must be the name of a branch').optional(),
        ),
      })
      .prefault({}),
  ),
  servers: key(
    'Servers',
    'Where MCP servers live, in Git and in the cluster.',
    z
      .strictObject({
        namespace: key('Namespace', 'Of new servers.', dnsLabel.default('ai-platform')),
        directory: key(
          'Directory',
          'Of their manifests, from the root of this repository.',
          insideFile.prefault('kubernetes/applications/mcp-servers'),
        ),
        images: key('Images', 'What servers run on whose code is in a ConfigMap.', images.prefault({})),
      })
      .prefault({}),
  ),
  secrets: key(
    'Secrets',
    'How Secrets get into the cluster.',
    z
      .strictObject({
        provider: key(
          'Provider',
          'Which objects make the Secrets. plain: you make them yourself.',
          z.enum(['infisical', 'external-secrets', 'sealed-secrets', 'sops', 'plain']),
        ),
        infisical: key('Infisical', 'What InfisicalSecrets of new servers say.', infisical.optional()),
        externalSecrets: key(
          'External Secrets',
          'What ExternalSecrets of new servers say.',
          externalSecrets.optional(),
        ),
      })
      .default({ provider: 'plain' }),
  ),
  nodePorts: key('Node ports', 'Which node ports MCP servers get.', nodePorts.prefault({})),
  clients: key(
    'Client files',
    'Client files that berth keeps in step with the servers. Default: .mcp.json, from outside.',
    z.array(clientFile).default([{ file: '.mcp.json', from: 'outside' }]),
  ),
});

/** The JSON schema of `berth.yaml`, for editors. */
export function platformJsonSchema(): unknown {
  return z.toJSONSchema(platformSchema, { io: 'input', target: 'draft-7' });
}
