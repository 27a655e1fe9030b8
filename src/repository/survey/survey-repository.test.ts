import { describe, expect, test } from 'vitest';
import { fixture } from '../../../test/support/fixture.ts';
import { readRepository } from '../read-repository.ts';
import { type Survey, surveyRepository } from './survey-repository.ts';

const survey = (files: Readonly<Record<string, string>>, clientFile = ''): Survey =>
  surveyRepository(readRepository(new Map(Object.entries(files))), clientFile);

const server = (name: string, namespace = 'tools'): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: ${namespace} }\n`;

test('a homelab tells most of its platform by itself', () => {
  const files = fixture('homelab');
  expect(survey(files, files['.mcp.json'])).toEqual({
    manifests: 14,
    kustomizations: 2,
    servers: {
      places: [
        { directory: 'kubernetes/applications/mcp-servers', count: 2 },
        { directory: 'kubernetes/monitoring', count: 1 },
      ],
      directory: 'kubernetes/applications/mcp-servers',
      proposed: 'kubernetes/applications/mcp-servers',
      namespace: 'ai-platform',
    },
    folders: ['kubernetes'],
    clusterFolders: [],
    gitops: {
      gitops: { engine: 'argocd', application: 'mcp-servers', namespace: 'argocd' },
      targetNamespace: 'ai-platform',
    },
    secrets: {
      provider: 'infisical',
      infisical: {
        hostAPI: 'https://infisical.example.com/api',
        projectSlug: 'homelab',
        envSlug: 'prod',
        secretsPath: '/mcp',
        credentialsRef: { name: 'infisical-machine-identity', namespace: 'infisical' },
      },
    },
    nodeAddress: '10.20.0.40',
    unusualNodePorts: false,
  });
});

test('an empty repository tells nothing', () => {
  expect(survey({})).toEqual({
    manifests: 0,
    kustomizations: 0,
    servers: { places: [], proposed: 'kubernetes/applications/mcp-servers' },
    folders: [],
    clusterFolders: [],
    unusualNodePorts: false,
  });
});

describe('the servers’ directory', () => {
  test.each<[title: string, files: readonly string[], directory: string | undefined]>([
    ['is where most of them are', ['a/x-mcp.yaml', 'b/y-mcp.yaml', 'b/z-mcp.yaml'], 'b'],
    ['is the one around folders of their own', ['k/mcp/x/deployment.yaml', 'k/mcp/y/deployment.yaml'], 'k/mcp'],
    ['is the one around folders as Flux has them', ['k/mcp/x/app/d.yaml', 'k/mcp/y/app/d.yaml'], 'k/mcp'],
    ['is not the root', ['x-mcp.yaml'], undefined],
    ['is not an archive', ['k/archive/x-mcp.yaml'], undefined],
  ])('%s', (_title, files, directory) => {
    const texts = files.map((file, index): [string, string] => [file, server(`s${index}-mcp`)]);
    expect(survey(Object.fromEntries(texts)).servers.directory).toBe(directory);
  });
});

const flux = (name: string, path: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { path: ${path}, targetNamespace: t }\n`;

describe('who applies it', () => {
  test('the Flux Kustomization with the nearest path', () => {
    const files = {
      'apps/mcp/a-mcp.yaml': server('a-mcp'),
      'clusters/home/all.yaml': flux('all', './'),
      'clusters/home/apps.yaml': flux('apps', './apps'),
    };
    expect(survey(files)).toMatchObject({
      gitops: { gitops: { engine: 'flux', application: 'apps', namespace: 'flux-system' }, targetNamespace: 't' },
      folders: ['apps', 'clusters'],
      clusterFolders: ['home'],
    });
  });
  test('Argo CD, whichever Application that may be', () => {
    const application =
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web }\nspec: { source: { path: web } }\n';
    expect(survey({ 'k/a-mcp.yaml': server('a-mcp'), 'k/web.yaml': application }).gitops).toEqual({
      gitops: { engine: 'argocd' },
    });
  });
});

const external = (name: string, store: string): string =>
  `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: ${name} }\nspec: { secretStoreRef: { kind: ClusterSecretStore, name: ${store} } }\n`;

describe('secrets', () => {
  test.each<[title: string, files: Readonly<Record<string, string>>, expected: unknown]>([
    [
      'the store that most ExternalSecrets use',
      { 'k/a.yaml': external('a', 'vault'), 'k/b.yaml': external('b', 'other'), 'k/c.yaml': external('c', 'vault') },
      { provider: 'external-secrets', externalSecrets: { storeRef: { kind: 'ClusterSecretStore', name: 'vault' } } },
    ],
    [
      'SealedSecrets',
      { 'k/a.yaml': 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: a }\n' },
      { provider: 'sealed-secrets' },
    ],
    [
      'Secrets that SOPS has encrypted',
      { 'k/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nsops: { version: 3.9.0 }\n' },
      { provider: 'sops' },
    ],
    ['the settings of SOPS', { '.sops.yaml': 'creation_rules: []\n' }, { provider: 'sops' }],
    [
      'an InfisicalSecret that names its project by ID',
      {
        'k/a.yaml':
          'apiVersion: secrets.infisical.com/v1alpha1\nkind: InfisicalSecret\nmetadata: { name: a }\nspec: {}\n',
      },
      { provider: 'infisical' },
    ],
    ['nothing', { 'k/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n' }, undefined],
  ])('%s', (_title, files, expected) => {
    expect(survey(files).secrets).toEqual(expected);
  });
});

test.each([
  ['http://10.20.0.40:31081/mcp', '10.20.0.40'],
  ['http://10.20.0.40:31082/mcp', undefined],
  ['http://127.0.0.1:31081/mcp', undefined],
  ['http://a.example.com:31081/mcp', undefined],
])('a client that uses %s makes the node %s', (url, address) => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { ports: [{ nodePort: 31081 }] }\n';
  expect(survey({ 'k/a.yaml': service }, JSON.stringify({ mcpServers: { a: { url } } })).nodeAddress).toBe(address);
});
