import { describe, expect, test } from 'vitest';
import { BerthError } from '../errors.ts';
import { isInCidr } from './ip-address.ts';
import { platformJsonSchema } from './platform-schema.ts';
import { readPlatform } from './read-platform.ts';

const head = 'apiVersion: mcp-berth.dev/v1\nkind: Platform\n';
const local = `${head}clusters: { local: { kind: local } }\n`;

const complete = `# yaml-language-server: $schema=./.berth/schema.json
${head}clusters:
  agentic:
    cidr: 10.20.0.0/24
    context: admin@agentic
    version: "1.34"
    nodeAddress: 10.20.0.40
    mcpServers: allowed
    paths: [kubernetes/]
    gitops: { engine: argocd, application: mcp-servers, namespace: argocd }
  prod: { cidr: 10.10.0.0/24, mcpServers: forbidden, repository: ../prod_homelab, paths: [./kubernetes] }
  laptop: { kind: local, gatewayPort: 3200 }
git: { remote: origin, branch: main }
servers:
  namespace: tools
  directory: apps/mcp
  images: { python: "python:3.12-slim" }
secrets:
  provider: infisical
  infisical:
    hostAPI: https://infisical.example.com/api
    projectSlug: homelab
    envSlug: prod
    secretsPath: /mcp
    credentialsRef: { name: infisical-auth, namespace: infisical }
nodePorts: { allocate: 31100-31150, accept: 31000-31999, reserved: { 31102: syslog } }
clients:
  - { file: ./.mcp.json, from: outside }
  - { file: agents/mcp.json, from: inside }
`;

test('all that can be said is read', () => {
  expect(readPlatform(complete)).toEqual({
    clusters: new Map<string, unknown>([
      [
        'agentic',
        {
          name: 'agentic',
          kind: 'kubernetes',
          cidr: '10.20.0.0/24',
          context: 'admin@agentic',
          version: '1.34',
          nodeAddress: '10.20.0.40',
          mcpServers: 'allowed',
          paths: ['kubernetes'],
          gitops: { engine: 'argocd', application: 'mcp-servers', namespace: 'argocd' },
        },
      ],
      [
        'prod',
        {
          name: 'prod',
          kind: 'kubernetes',
          cidr: '10.10.0.0/24',
          mcpServers: 'forbidden',
          repository: '../prod_homelab',
          paths: ['kubernetes'],
          gitops: { engine: 'none' },
        },
      ],
      ['laptop', { name: 'laptop', kind: 'local', mcpServers: 'allowed', gatewayPort: 3200, paths: ['apps/mcp'] }],
    ]),
    git: { remote: 'origin', branch: 'main' },
    servers: {
      namespace: 'tools',
      directory: 'apps/mcp',
      images: {
        python: 'python:3.12-slim',
        node: 'node:22-slim',
        init: 'ghcr.io/astral-sh/uv:python3.11-bookworm-slim',
      },
    },
    secrets: {
      provider: 'infisical',
      infisical: {
        hostAPI: 'https://infisical.example.com/api',
        projectSlug: 'homelab',
        envSlug: 'prod',
        secretsPath: '/mcp',
        credentialsRef: { name: 'infisical-auth', namespace: 'infisical' },
      },
    },
    nodePorts: { allocate: [31100, 31150], accept: [31000, 31999], reserved: new Map([[31102, 'syslog']]) },
    clients: [
      { file: '.mcp.json', from: 'outside' },
      { file: 'agents/mcp.json', from: 'inside' },
    ],
  });
});

test('all that is not said has its default', () => {
  const directory = 'kubernetes/applications/mcp-servers';
  expect(readPlatform(local)).toEqual({
    clusters: new Map([
      ['local', { name: 'local', kind: 'local', mcpServers: 'allowed', gatewayPort: 3100, paths: [directory] }],
    ]),
    git: {},
    servers: {
      namespace: 'ai-platform',
      directory,
      images: {
        python: 'python:3.11-slim',
        node: 'node:22-slim',
        init: 'ghcr.io/astral-sh/uv:python3.11-bookworm-slim',
      },
    },
    secrets: { provider: 'plain' },
    nodePorts: { allocate: [31100, 31199], accept: [31000, 31999], reserved: new Map() },
    clients: [{ file: '.mcp.json', from: 'outside' }],
  });
});

test.each([
  ['{}', ['']],
  ['{ context: admin@a }', ['kubernetes/applications/mcp-servers']],
  ['{ context: admin@a, gitops: { engine: flux } }', ['']],
  ['{ paths: [., ./a//b/, a/../c] }', ['', 'a/b', 'c']],
])('a cluster %s syncs %j', (cluster, paths) => {
  expect(readPlatform(`${head}clusters: { a: ${cluster} }\n`).clusters.get('a')?.paths).toEqual(paths);
});

const cluster = (lines: string): string => `${head}clusters:\n  a:\n${lines}`;

describe('a mistake is named with its place', () => {
  test.each<[title: string, text: string, at: string, message: string, hint?: string]>([
    ['nothing', '', '1:1', 'berth.yaml is empty', 'Run "berth init --force" to write it.'],
    ['a second document', `${local}---\na: 1\n`, '5:1', 'berth.yaml has a second document'],
    ['no map', '- a\n', '1:1', 'berth.yaml must be a map, not a list'],
    ['no clusters', head, '1:1', 'clusters is missing'],
    ['an empty list of clusters', `${head}clusters: {}\n`, '3:11', 'clusters must name at least one cluster'],
    [
      'another apiVersion',
      `apiVersion: v1\nkind: Platform\nclusters: { a: {} }\n`,
      '1:13',
      'apiVersion must be mcp-berth.dev/v1, not "v1"',
    ],
    ['an unknown key', `${local}server: {}\n`, '4:1', 'server is no known key', 'Did you mean servers?'],
    [
      'an unknown key of a cluster',
      cluster('    cdir: 10.0.0.0/8\n'),
      '5:5',
      'clusters.a.cdir is no known key',
      'Did you mean cidr?',
    ],
    [
      'a quoted unknown key',
      cluster('    kind: local\n    "gateway": 1\n'),
      '6:5',
      'clusters.a.gateway is no known key',
      'Did you mean gatewayPort?',
    ],
    [
      'a key of another kind of cluster',
      cluster('    kind: local\n    cidr: 10.0.0.0/8\n'),
      '6:5',
      'clusters.a.cidr is no known key',
      'Known here: kind, mcpServers, gatewayPort, paths, repository.',
    ],
    [
      'a key far from all known ones',
      `${local}git: { upstream: a }\n`,
      '4:8',
      'git.upstream is no known key',
      'Known here: remote, branch.',
    ],
    [
      'a cluster of neither kind',
      cluster('    kind: kind\n'),
      '5:11',
      'clusters.a.kind must be kubernetes or local, not "kind"',
    ],
    [
      'a misspelt choice',
      cluster('    mcpServers: alowed\n'),
      '5:17',
      'clusters.a.mcpServers must be allowed or forbidden, not "alowed"',
      'Did you mean allowed?',
    ],
    [
      'a version that YAML makes a number',
      cluster('    version: 1.30\n'),
      '5:14',
      'clusters.a.version must be text, not 1.3',
      'Put it into quotes, as it is meant.',
    ],
    [
      'a node outside of its network',
      cluster('    cidr: 10.20.0.0/24\n    nodeAddress: 10.21.0.40\n'),
      '6:18',
      "clusters.a.nodeAddress 10.21.0.40 does not lie in the cluster's network 10.20.0.0/24",
    ],
    ['no network', cluster('    cidr: 10.20.0.0\n'), '5:11', 'clusters.a.cidr must be a network: 10.20.0.0/24'],
    [
      'a path that leaves',
      cluster('    paths: [kubernetes, ../prod]\n'),
      '5:25',
      'clusters.a.paths[1] must lie inside the repository: a path from its root, like "kubernetes/apps"',
    ],
    [
      'an absolute sibling',
      cluster('    repository: /srv/prod\n'),
      '5:17',
      'clusters.a.repository must be a path relative to this repository: ../prod_homelab',
    ],
    ['no paths', cluster('    paths: []\n'), '5:12', 'clusters.a.paths must name at least one folder'],
    [
      'a cluster name with a slash',
      `${head}clusters: { a/b: {} }\n`,
      '3:13',
      'clusters.a/b must be letters, digits, ".", "_" and "-"',
    ],
    [
      'an engine that is missing',
      cluster('    gitops: { application: a }\n'),
      '5:5',
      'clusters.a.gitops.engine is missing',
      'Write engine: argocd or flux or none.',
    ],
    [
      'a client file outside',
      `${local}clients:\n  - { file: ../.mcp.json, from: outside }\n`,
      '5:13',
      'clients[0].file must lie inside the repository: a path from its root, like "kubernetes/apps"',
    ],
    [
      'a range that runs backwards',
      `${local}nodePorts: { allocate: 31199-31100 }\n`,
      '4:24',
      'nodePorts.allocate must begin with the lower port',
    ],
    [
      'a range that is none',
      `${local}nodePorts: { allocate: 31100 }\n`,
      '4:24',
      'nodePorts.allocate must be text, not 31100',
      'Put it into quotes, as it is meant.',
    ],
    [
      'a range beyond all ports',
      `${local}nodePorts: { accept: 31000-70000 }\n`,
      '4:22',
      'nodePorts.accept must lie between 1 and 65535',
    ],
    [
      'ports to allocate that are not accepted',
      `${local}nodePorts: { allocate: 30000-30100 }\n`,
      '4:24',
      'nodePorts.allocate must lie within the range of nodePorts.accept',
    ],
    [
      'a reserved port that is none',
      `${local}nodePorts: { reserved: { syslog: 31102 } }\n`,
      '4:26',
      'nodePorts.reserved.syslog must be a port: 1 to 65535',
    ],
    [
      'two gateways on one port',
      `${head}clusters:\n  a: { kind: local }\n  b: { kind: local, gatewayPort: 3100 }\n`,
      '5:34',
      'clusters.b.gatewayPort 3100 is the one of cluster a',
    ],
    [
      'a password in a URL',
      `${local}secrets: { provider: infisical, infisical: { hostAPI: "https://me:secret@x", projectSlug: a, envSlug: b, secretsPath: /, credentialsRef: { name: a, namespace: b } } }\n`,
      '4:55',
      'secrets.infisical.hostAPI must be an http(s) URL without user and password',
    ],
  ])('%s', (_title, text, at, message, hint) => {
    const error = errorOf(text);
    expect(error.toJSON()).toEqual({
      code: 'CONFIG_INVALID',
      at: `berth.yaml:${at}`,
      message,
      hint: hint ?? (error.hint || 'every error has a hint'),
    });
  });
});

test('several mistakes are named together, in the order of the file', () => {
  const error = errorOf(
    `${head}clusters:\n  a: { cidr: 10.0.0.0/8, mcpServers: yes }\n  b: { contxt: b }\ngit: [main]\n`,
  );
  expect(error.toText()).toMatchInlineSnapshot(`
    "error: berth.yaml has 3 errors:
      berth.yaml:4:38 clusters.a.mcpServers must be allowed or forbidden, not "yes"
      berth.yaml:5:8 clusters.b.contxt is no known key. Did you mean context?
      berth.yaml:6:6 git must be a map, not a list
      at berth.yaml:4:38
      Correct it, then run the same command again.
      More: berth explain CONFIG_INVALID"
  `);
});

test('broken YAML is no bug of ours', () => {
  expect(errorOf('clusters: {\n').at).toMatch(/^berth\.yaml:\d+:\d+$/);
});

test('nothing of a hostile file reaches the message at length', () => {
  expect(errorOf(cluster(`    mcpServers: "${'x'.repeat(10_000)}"\n`)).message.length).toBeLessThan(200);
});

test.each([
  ['10.20.0.40', '10.20.0.0/24', true],
  ['10.20.1.40', '10.20.0.0/24', false],
  ['::ffff:10.20.0.40', '10.20.0.0/24', true],
  ['fd00::1', 'fd00::/64', true],
  ['fd00:0:0:1::1', 'fd00::/64', false],
  ['10.20.0.40', 'fd00::/64', false],
  ['node', '10.20.0.0/24', false],
  ['10.20.0.40', 'all', false],
])('%s in %s: %s', (address, cidr, expected) => {
  expect(isInCidr(address, cidr)).toBe(expected);
});

test('editors get a title and a description for every key', () => {
  const bare: string[] = [];
  const visit = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const { properties = {}, ...rest } = schema as {
      properties?: Record<string, { title?: string; description?: string }>;
    };
    for (const [name, property] of Object.entries(properties)) {
      if (!property.title || !property.description) bare.push(`${path}.${name}`);
      visit(property, `${path}.${name}`);
    }
    for (const part of Object.values(rest)) visit(part, path);
  };
  visit(platformJsonSchema(), '');
  expect(bare).toEqual([]);
});

function errorOf(text: string): BerthError {
  try {
    readPlatform(text);
  } catch (error) {
    if (error instanceof BerthError) return error;
    throw error;
  }
  throw new Error('it was read without complaint');
}
