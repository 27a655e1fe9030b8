import { describe, expect, test } from 'vitest';
import { codeHash } from '../repository/code-hash.ts';
import type { NewServer } from './new-server.ts';
import { pythonCode } from './python-code.ts';
import { serverDocuments } from './server-documents.ts';
import { typescriptCode } from './typescript-code.ts';

const images = { python: 'python:3.11-slim', node: 'node:22-slim', init: 'uv:python3.11' };
const imageCode: NewServer['code'] = {
  pattern: 'image',
  image: 'ghcr.io/example/weather:1.2',
  user: undefined,
  command: [],
  args: [],
  package: undefined,
};
const server: NewServer = {
  name: 'weather',
  namespace: 'ai-platform',
  code: imageCode,
  port: 3000,
  transport: 'streamable-http',
  path: '/mcp',
  healthPath: '/health',
  probeHost: undefined,
  env: {},
  secretKeys: [],
  tokenKey: undefined,
  replicas: 1,
  resources: { requests: { memory: '128Mi', cpu: '50m' }, limits: { memory: '256Mi', cpu: '250m' } },
  exposure: { kind: 'clusterip' },
  description: undefined,
  canary: undefined,
  writable: [],
  egress: [],
  clusterRole: undefined,
  secrets: { provider: 'plain' },
};
const python = pythonCode(
  { program: 'print(1)\n', requirements: { text: 'fastmcp==4.1.2\n', hashed: false } },
  images,
  'servers/weather',
);
const infisical: NewServer['secrets'] = {
  provider: 'infisical',
  infisical: {
    hostAPI: 'https://infisical.example/api',
    projectSlug: 'home',
    envSlug: 'prod',
    secretsPath: '/mcp',
    credentialsRef: { name: 'infisical', namespace: 'infisical' },
  },
};

// oxlint-disable-next-line typescript/no-explicit-any: the test looks into objects as a cluster would
const documents = (changes: Partial<NewServer> = {}): any[] => serverDocuments({ ...server, ...changes });
const kinds = (changes: Partial<NewServer> = {}): string[] => documents(changes).map(({ kind }) => kind as string);
const one = (kind: string, changes: Partial<NewServer> = {}) =>
  documents(changes).find((document) => document.kind === kind);
const container = (changes: Partial<NewServer> = {}) => one('Deployment', changes).spec.template.spec.containers[0];
const context = (user: number | undefined) =>
  one('Deployment', { code: { ...imageCode, user } }).spec.template.spec.securityContext;
const policy = (changes: Partial<NewServer>) => one('NetworkPolicy', changes).spec;

test('documents stand in the order of the design', () => {
  expect(kinds()).toEqual(['Deployment', 'Service', 'NetworkPolicy']);
  expect(kinds({ code: python, secretKeys: ['API_KEY'], secrets: infisical, clusterRole: 'view' })).toEqual([
    'ServiceAccount',
    'ClusterRoleBinding',
    'InfisicalSecret',
    'ConfigMap',
    'Deployment',
    'Service',
    'NetworkPolicy',
  ]);
});

test('every object and the pod template carry both labels; selectors have the name only', () => {
  const all = documents({ code: python, secretKeys: ['API_KEY'], secrets: infisical, clusterRole: 'view' });
  const labels = { 'app.kubernetes.io/name': 'weather-mcp', 'app.kubernetes.io/component': 'mcp-server' };
  const name = { 'app.kubernetes.io/name': 'weather-mcp' };
  for (const { metadata } of all) expect(metadata.labels).toEqual(labels);
  const { spec } = one('Deployment');
  expect(spec.template.metadata.labels).toEqual(labels);
  expect(spec.selector.matchLabels).toEqual(name);
  expect(one('Service').spec.selector).toEqual(name);
  expect(one('NetworkPolicy').spec.podSelector.matchLabels).toEqual(name);
});

describe('secrets', () => {
  const secretKeys = ['API_KEY', 'API_URL'];
  test('the secret object picks exactly the keys that the Deployment reads', () => {
    const changes = { secretKeys, tokenKey: 'MCP_TOKEN', secrets: infisical };
    const [reference] = one('InfisicalSecret', changes).spec.managedKubeSecretReferences;
    const read = container(changes).env.flatMap(({ valueFrom }: { valueFrom?: { secretKeyRef: { key: string } } }) =>
      valueFrom ? [valueFrom.secretKeyRef.key] : [],
    );
    expect(Object.keys(reference.template.data)).toEqual([...secretKeys, 'MCP_TOKEN']);
    expect(reference.template.data.API_KEY).toBe('{{ .API_KEY.Value }}');
    expect(read).toEqual([...secretKeys, 'MCP_TOKEN']);
  });
  test('an ExternalSecret asks its store for each of them', () => {
    const secrets: NewServer['secrets'] = {
      provider: 'external-secrets',
      externalSecrets: { storeRef: { kind: 'ClusterSecretStore', name: 'vault' }, keyPrefix: 'mcp/' },
    };
    expect(one('ExternalSecret', { secretKeys, secrets }).spec.data).toEqual([
      { secretKey: 'API_KEY', remoteRef: { key: 'mcp/API_KEY' } },
      { secretKey: 'API_URL', remoteRef: { key: 'mcp/API_URL' } },
    ]);
  });
  test.each(['sealed-secrets', 'sops', 'plain'] as const)('%s: nothing is invented', (provider) => {
    expect(kinds({ secretKeys, secrets: { provider } })).toEqual(['Deployment', 'Service', 'NetworkPolicy']);
  });
  test('a provider without its settings is refused', () => {
    expect(() => documents({ secretKeys, secrets: { provider: 'infisical' } })).toThrow('not where its secrets are');
  });
});

describe('probes', () => {
  test('a known health path starts, readies and restarts the server', () => {
    const httpGet = { path: '/health', port: 3000, httpHeaders: [{ name: 'Host', value: 'weather.example' }] };
    expect(container({ probeHost: 'weather.example' })).toMatchObject({
      startupProbe: { httpGet },
      readinessProbe: { httpGet },
      livenessProbe: { httpGet },
    });
  });
  test('without one nothing restarts it', () => {
    expect(container({ healthPath: undefined })).toMatchObject({ readinessProbe: { tcpSocket: { port: 3000 } } });
    expect(container({ healthPath: undefined }).livenessProbe).toBeUndefined();
  });
});

describe('the user of a pod', () => {
  test("is the image's own where that is known to be one", () => {
    expect(context(undefined)).toMatchObject({ runAsNonRoot: true });
    expect(context(undefined)).not.toHaveProperty('runAsUser');
  });
  test('is the one that was asked for, even root', () => {
    expect(context(1001)).toMatchObject({ runAsNonRoot: true, runAsUser: 1001, fsGroup: 1001 });
    expect(context(0)).toMatchObject({ runAsNonRoot: false, runAsUser: 0 });
  });
});

describe('code', () => {
  test('its hash in the pod template is that of the ConfigMap', () => {
    const annotations = one('Deployment', { code: python }).spec.template.metadata.annotations;
    expect(annotations['mcp-berth.dev/code-sha256']).toBe(codeHash(one('ConfigMap', { code: python })));
  });
  test('Python packages are installed before the server starts, with hashes where there are any', () => {
    const { initContainers, containers } = one('Deployment', { code: python }).spec.template.spec;
    expect(initContainers[0].command).not.toContain('--require-hashes');
    expect(containers[0].env).toContainEqual({ name: 'PYTHONPATH', value: '/packages' });
    const hashed = pythonCode({ program: '', requirements: { text: '', hashed: true } }, images, 'servers/weather');
    expect(one('Deployment', { code: hashed }).spec.template.spec.initContainers[0].command).toContain(
      '--require-hashes',
    );
  });
  test('an image that has the packages needs no init container', () => {
    const code = pythonCode({ program: 'print(1)\n', requirements: undefined }, images, 'servers/weather');
    expect(one('Deployment', { code }).spec.template.spec.initContainers).toBeUndefined();
    expect(Object.keys(one('ConfigMap', { code }).data)).toEqual(['server.py']);
  });
  test('a bundle is started as it is, or unpacked first', () => {
    const small = typescriptCode({ text: 'export {};\n', inputs: [] }, images, 'servers/weather');
    expect(container({ code: small }).command).toEqual(['node', '/app/server.mjs']);
    const large = typescriptCode({ text: '// comment\n'.repeat(40_000), inputs: [] }, images, 'servers/weather');
    expect(container({ code: large }).command.slice(-2)).toEqual(['/app/server.mjs.br', '/tmp/server.mjs']);
  });
});

describe('the network policy', () => {
  test('lets in pods of the cluster, or everybody who reaches a NodePort', () => {
    expect(policy({}).ingress[0].from).toEqual([{ namespaceSelector: {} }]);
    expect(policy({ exposure: { kind: 'nodeport', nodePort: 31100 } }).ingress[0].from).toBeUndefined();
  });
  test('leaves egress alone without named back ends', () => {
    expect(policy({})).toMatchObject({ policyTypes: ['Ingress'] });
    expect(policy({}).egress).toBeUndefined();
  });
  test('allows named back ends, DNS, and the package index while packages are installed', () => {
    const egress = [{ kind: 'address', cidr: '10.20.0.7/32', port: 8006 }] as const;
    const ports = (code: NewServer['code']) =>
      policy({ code, egress }).egress.map((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port));
    expect(ports(imageCode)).toEqual([[53, 53], [8006]]);
    expect(ports(python)).toEqual([[53, 53], [443], [8006]]);
  });
});
