import { describe, expect, test } from 'vitest';
import { fixture } from '../../test/support/fixture.ts';
import { BerthError } from '../errors.ts';
import { readPlatform } from '../platform/read-platform.ts';
import { findServer } from './find-server.ts';
import { mcpServers } from './mcp-servers.ts';
import { readRepository } from './read-repository.ts';
import type { McpServer } from './types.ts';

const head = 'apiVersion: mcp-berth.dev/v1\nkind: Platform\n';
const platform = readPlatform(`${head}clusters: { agentic: { mcpServers: allowed, paths: [kubernetes] } }\n`);
const homelab = fixture('homelab');
const directory = 'kubernetes/applications/mcp-servers';
const repositoryOf = (files: Readonly<Record<string, string>>) => readRepository(new Map(Object.entries(files)));
const serversOf = (files: Readonly<Record<string, string>>): readonly McpServer[] =>
  mcpServers(repositoryOf(files), platform);

test('servers are found by labels and by name, with all that belongs to them', () => {
  const summary = serversOf(homelab).map(({ workload, service, code, others, secretKeys, ...server }) => ({
    ...server,
    workload: workload.name,
    service: service?.name,
    code: code?.name,
    others: others.map(({ kind, name }) => `${kind} ${name}`),
    secretKeys: Object.fromEntries(secretKeys),
  }));
  expect(summary).toMatchInlineSnapshot(`
    [
      {
        "canary": undefined,
        "code": undefined,
        "codeHash": undefined,
        "description": undefined,
        "exposure": "nodeport",
        "file": "kubernetes/monitoring/coroot-mcp.yaml",
        "healthPath": undefined,
        "image": "ghcr.io/example/coroot-mcp:0.3.1",
        "name": "coroot",
        "namespace": "monitoring",
        "nodePort": 31103,
        "others": [],
        "package": undefined,
        "path": "/mcp",
        "pattern": "image",
        "port": 8080,
        "problems": [],
        "secretKeys": {},
        "service": "coroot-mcp",
        "targetPort": 8080,
        "token": undefined,
        "transport": "streamable-http",
        "workload": "coroot-mcp",
      },
      {
        "canary": {
          "args": {},
          "mustMatch": "notes",
          "tool": "collections",
        },
        "code": "knowledge-mcp-code",
        "codeHash": undefined,
        "description": "Searches the notes",
        "exposure": "nodeport",
        "file": "kubernetes/applications/mcp-servers/knowledge-mcp.yaml",
        "healthPath": "/health",
        "image": "python:3.11-slim",
        "name": "knowledge",
        "namespace": "ai-platform",
        "nodePort": 31081,
        "others": [],
        "package": undefined,
        "path": "/mcp",
        "pattern": "configmap",
        "port": 80,
        "problems": [],
        "secretKeys": {},
        "service": "knowledge-mcp",
        "targetPort": 8080,
        "token": undefined,
        "transport": "streamable-http",
        "workload": "knowledge-mcp",
      },
      {
        "canary": undefined,
        "code": undefined,
        "codeHash": undefined,
        "description": undefined,
        "exposure": "clusterip",
        "file": "kubernetes/applications/mcp-servers/outline-mcp.yaml",
        "healthPath": undefined,
        "image": "ghcr.io/vortiago/mcp-outline:1.2.0",
        "name": "outline",
        "namespace": "ai-platform",
        "nodePort": undefined,
        "others": [
          "InfisicalSecret outline-mcp-secrets",
          "ServiceAccount outline-mcp",
        ],
        "package": undefined,
        "path": "/mcp",
        "pattern": "image",
        "port": 8000,
        "problems": [],
        "secretKeys": {
          "mcp-outline": [
            "DATABASE",
            "OUTLINE_API_KEY",
          ],
          "proxy-settings": [],
        },
        "service": "outline-mcp",
        "targetPort": 3000,
        "token": undefined,
        "transport": "streamable-http",
        "workload": "outline-mcp",
      },
    ]
  `);
});

const deployment = (
  name: string,
  { annotations = '', extra = '', labels = '{ app: a }' } = {},
): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
${annotations && `  annotations:\n${annotations}`}spec:
  selector: { matchLabels: ${labels} }
  template:
    metadata: { labels: ${labels} }
    spec:
      containers:
        - { name: server, image: a${extra} }
`;

describe('what is a server', () => {
  test.each<[title: string, file: string, text: string, names: string[]]>([
    ['a name that ends in -mcp', 'kubernetes/a.yaml', deployment('a-mcp'), ['a']],
    ['the label of the pattern', 'kubernetes/a.yaml', deployment('a', { labels: '{ component: mcp }' }), ['a']],
    [
      'an annotation of berth',
      'kubernetes/a.yaml',
      deployment('a', { annotations: '    mcp-berth.dev/path: /mcp\n' }),
      ['a'],
    ],
    [
      'the container mcp-server, in the directory',
      `${directory}/a.yaml`,
      deployment('a').replace('name: server', 'name: mcp-server'),
      ['a'],
    ],
    ['not the same elsewhere', 'kubernetes/a.yaml', deployment('a').replace('name: server', 'name: mcp-server'), []],
    ['not its database', `${directory}/a.yaml`, deployment('qdrant'), []],
    ['not a file outside of the paths', 'elsewhere/a.yaml', deployment('a-mcp'), []],
    ['not an archive', 'kubernetes/archive/a.yaml', deployment('a-mcp'), []],
    ['not a template', 'kubernetes/a.yaml', deployment('<name>-mcp'), []],
    ['not a name that is only a suffix', 'kubernetes/a.yaml', deployment('-mcp'), []],
    ['a StatefulSet', 'kubernetes/a.yaml', deployment('a-mcp').replace('Deployment', 'StatefulSet'), ['a']],
    [
      'a Deployment in a List',
      'kubernetes/a.yaml',
      `apiVersion: v1\nkind: List\nitems:\n- ${deployment('a-mcp').trimEnd().replaceAll('\n', '\n  ')}\n`,
      ['a'],
    ],
  ])('%s', (_title, file, text, names) => {
    expect(serversOf({ [file]: text }).map(({ name }) => name)).toEqual(names);
  });

  test('one that no kustomization lists reaches no cluster; in the directory it is about to', () => {
    const files = {
      'kubernetes/kustomization.yaml': 'resources: [b.yaml]\n',
      'kubernetes/a.yaml': deployment('a-mcp'),
      'kubernetes/b.yaml': deployment('b-mcp'),
      [`${directory}/c.yaml`]: deployment('c-mcp'),
    };
    expect(serversOf(files).map(({ name }) => name)).toEqual(['b', 'c']);
  });
  test('a patch is no second server', () => {
    const files = {
      'kubernetes/kustomization.yaml': 'resources: [a.yaml]\npatches: [{ path: patch.yaml }]\n',
      'kubernetes/a.yaml': deployment('a-mcp'),
      'kubernetes/patch.yaml': deployment('a-mcp'),
    };
    expect(serversOf(files).map(({ file }) => file)).toEqual(['kubernetes/a.yaml']);
  });
});

describe('the namespace', () => {
  test.each([
    ['the manifest says it', {}, '  namespace: own', 'own'],
    ['nobody says it', {}, '', 'ai-platform'],
    [
      'its kustomization does',
      { 'kubernetes/a/kustomization.yaml': 'namespace: inner\nresources: [a.yaml]\n' },
      '  namespace: own',
      'inner',
    ],
    [
      'the outer kustomization has the last word',
      {
        'kubernetes/a/kustomization.yaml': 'namespace: inner\nresources: [a.yaml]\n',
        'kubernetes/kustomization.yaml': 'namespace: outer\nresources: [./a/]\n',
      },
      '',
      'outer',
    ],
    [
      'kustomizations that list each other end',
      {
        'kubernetes/a/kustomization.yaml': 'resources: [a.yaml, ../b]\n',
        'kubernetes/b/kustomization.yaml': 'namespace: b\nresources: [../a]\n',
      },
      '',
      'b',
    ],
  ])('%s', (_title, files, line, namespace) => {
    const text = deployment('a-mcp').replace('name: a-mcp\n', `name: a-mcp\n${line}\n`);
    expect(serversOf({ ...files, 'kubernetes/a/a.yaml': text })[0]?.namespace).toBe(namespace);
  });
});

const service = (ports: string, type = 'ClusterIP'): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: a-mcp }\nspec: { type: ${type}, selector: { app: a }, ports: ${ports} }\n`;

describe('ports', () => {
  test.each([
    [
      'one',
      '[{ port: 80, targetPort: 8080 }]',
      'ClusterIP',
      { port: 80, targetPort: 8080, nodePort: undefined, exposure: 'clusterip' },
    ],
    [
      'by name',
      '[{ port: 80, targetPort: web }]',
      'NodePort',
      { port: 80, targetPort: 8080, nodePort: undefined, exposure: 'nodeport' },
    ],
    [
      'the one of the container',
      '[{ port: 9090 }, { port: 81, targetPort: 8080, nodePort: 31100 }]',
      'NodePort',
      { port: 81, targetPort: 8080, nodePort: 31100, exposure: 'nodeport' },
    ],
    [
      'the one that is called mcp',
      '[{ port: 8080 }, { name: mcp, port: 81 }]',
      'ClusterIP',
      { port: 81, targetPort: 81, nodePort: undefined, exposure: 'clusterip' },
    ],
    [
      'a load balancer with a node port',
      '[{ port: 80, nodePort: 31100 }]',
      'LoadBalancer',
      { port: 80, targetPort: 80, nodePort: 31100, exposure: 'nodeport' },
    ],
    ['none', '[]', 'ClusterIP', { port: undefined, targetPort: 8080, nodePort: undefined, exposure: 'clusterip' }],
  ])('%s', (_title, ports, type, expected) => {
    const text = deployment('a-mcp', { extra: ', ports: [{ name: web, containerPort: 8080 }]' });
    expect(serversOf({ 'kubernetes/a.yaml': text + service(ports, type) })[0]).toMatchObject(expected);
  });
});

test('what two workloads share belongs to neither', () => {
  const reads = { extra: ', envFrom: [{ secretRef: { name: shared } }, { configMapRef: { name: own } }]' };
  const files = {
    'kubernetes/a.yaml': deployment('a-mcp', reads),
    'kubernetes/b.yaml': deployment('b-mcp', {
      ...reads,
      extra: reads.extra.replace('own', 'other'),
      labels: '{ app: b }',
    }),
    'kubernetes/objects.yaml': [
      'apiVersion: v1\nkind: Secret\nmetadata: { name: shared }\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: own }\n',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec: { podSelector: { matchLabels: { app: a } } }\n',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: all }\nspec: { podSelector: {} }\n',
    ].join('---\n'),
  };
  expect(serversOf(files).map(({ others }) => others.map(({ name }) => name))).toEqual([['own', 'a'], []]);
});

const rbac = (kind: string): string => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}Binding
metadata: { name: a }
roleRef: { kind: ${kind}, name: a }
subjects: [{ kind: ServiceAccount, name: a, namespace: ai-platform }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: a }
`;

test('the account of a server comes with its rights', () => {
  const text = deployment('a-mcp').replace('      containers:', '      serviceAccountName: a\n      containers:');
  const account = '---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: a }\n';
  const [server] = serversOf({ 'kubernetes/a.yaml': text + account + rbac('Role') + rbac('ClusterRole') });
  expect(server?.others.map(({ kind }) => kind)).toEqual([
    'ServiceAccount',
    'RoleBinding',
    'Role',
    'ClusterRoleBinding',
    'ClusterRole',
  ]);
});

const find = (name: string, files: Readonly<Record<string, string>>): McpServer =>
  findServer(repositoryOf(files), platform, name);

describe('one server', () => {
  const two = { 'kubernetes/a.yaml': deployment('weather-mcp'), 'kubernetes/b.yaml': deployment('traffic-mcp') };

  test.each(['weather', 'weather-mcp'])('is found as %s', (name) => {
    expect(find(name, two).name).toBe('weather');
  });
  test.each<[title: string, name: string, files: Record<string, string>, error: Record<string, unknown>]>([
    [
      'unknown',
      'wether',
      two,
      {
        code: 'SERVER_UNKNOWN',
        message: 'There is no server "wether"',
        hint: 'Did you mean weather? Known: traffic, weather.',
      },
    ],
    ['none at all', 'weather', {}, { code: 'SERVER_UNKNOWN', hint: 'There is none yet: berth new makes one.' }],
    [
      'there twice',
      'weather',
      { ...two, 'kubernetes/c.yaml': `# copy\n${deployment('weather-mcp')}` },
      {
        code: 'SERVER_DUPLICATE',
        message: 'weather is defined twice: in kubernetes/a.yaml:1:1 and in kubernetes/c.yaml:2:1',
      },
    ],
    [
      'in a broken file',
      'weather',
      { ...two, 'kubernetes/a.yaml': `${deployment('weather-mcp')}---\na: [\n` },
      { code: 'MANIFEST_UNREADABLE' },
    ],
    [
      'in a file that shows nothing',
      'weather',
      { 'kubernetes/weather-mcp.yaml': 'a: [\n' },
      { code: 'MANIFEST_UNREADABLE' },
    ],
  ])('%s', (_title, name, files, error) => {
    expect(errorOf(() => find(name, files))).toMatchObject(error);
  });
  test('a broken file elsewhere is in nobody’s way', () => {
    expect(find('weather', { ...two, 'kubernetes/b.yaml': 'a: [\n' }).name).toBe('weather');
  });

  test.each([
    ['canary', "'{tool}'", /^the annotation mcp-berth.dev\/canary of weather-mcp is no valid JSON/],
    ['canary', "'[]'", /must be a JSON object/],
    ['canary', "'{}'", /must name a tool/],
    ['canary', `'{"tool":"a","mustMach":"x"}'`, /unknown key "mustMach": did you mean mustMatch\?/],
    ['canary', `'{"tool":"a","args":[]}'`, /args that are no JSON object/],
    ['canary', '{ tool: a }', /must be text, in quotes/],
    ['path', 'mcp', /is no path/],
    ['transport', 'stdio', /names no transport/],
    ['package', 'npm:left-pad', /names no package with its version/],
    ['package', 'pypi:a==1 --index-url=x', /names no package with its version/],
    ['token', 'weather', /names no key of a Secret/],
  ])('is refused with the annotation %s: %s', (annotation, value, message) => {
    const annotations = `    mcp-berth.dev/${annotation}: ${value}\n`;
    const error = errorOf(() => find('weather', { 'kubernetes/a.yaml': deployment('weather-mcp', { annotations }) }));
    expect(error).toMatchObject({ code: 'ANNOTATION_INVALID', message: expect.stringMatching(message) });
    expect(error.at).toBe(`kubernetes/a.yaml:6:${annotations.indexOf(': ') + 3}`);
  });
  test('has what its annotations say', () => {
    const annotations = Object.entries({
      path: '/api/mcp',
      transport: 'sse',
      description: 'Says what the weather does',
      package: 'npm:@example/weather@1.2.3',
      token: 'weather-mcp-secrets/MCP_TOKEN',
      canary: `'{"tool":"forecast","args":{"city":"Oslo"},"mustMatch":"temp"}'`,
    }).map(
      ([key, value]) =>
        `    mcp-berth.dev/${key}: ${JSON.stringify(value).startsWith('"\'') ? value : JSON.stringify(value)}\n`,
    );
    expect(
      find('weather', { 'kubernetes/a.yaml': deployment('weather-mcp', { annotations: annotations.join('') }) }),
    ).toMatchObject({
      path: '/api/mcp',
      transport: 'sse',
      description: 'Says what the weather does',
      package: 'npm:@example/weather@1.2.3',
      token: { secret: 'weather-mcp-secrets', key: 'MCP_TOKEN' },
      canary: { tool: 'forecast', args: { city: 'Oslo' }, mustMatch: 'temp' },
    });
  });
});

function errorOf(action: () => unknown): BerthError {
  try {
    action();
  } catch (error) {
    if (error instanceof BerthError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
