import { describe, expect, test } from 'vitest';
import { fixture } from '../../test/support/fixture.ts';
import { readPlatform } from '../platform/read-platform.ts';
import { helmNodePorts } from './helm-node-ports.ts';
import { type NodePortClaim, nodePortClaims } from './node-port-claims.ts';
import { nextFreeNodePort, nodePortConflicts } from './node-ports.ts';
import { readRepository } from './read-repository.ts';

const head = 'apiVersion: mcp-berth.dev/v1\nkind: Platform\n';
const claimsOf = (
  files: Readonly<Record<string, string>>,
  cluster = 'paths: [kubernetes]',
): readonly NodePortClaim[] => {
  const platform = readPlatform(`${head}clusters: { agentic: { ${cluster} } }\n`);
  const [config] = platform.clusters.values();
  if (!config) throw new Error('no cluster');
  return nodePortClaims(readRepository(new Map(Object.entries(files))), config, 'ai-platform');
};
const lineOf = ({ port, protocol, owner, position }: NodePortClaim): string =>
  `${port}/${protocol} ${owner} ${position.file}:${position.line}`;

test('ports of Services and of Helm values count; comments, archives and unlisted files do not', () => {
  expect(claimsOf(fixture('homelab')).map(lineOf)).toMatchInlineSnapshot(`
    [
      "31081/TCP Service ai-platform/knowledge-mcp kubernetes/applications/mcp-servers/knowledge-mcp.yaml:61",
      "31102/TCP Service network/syslog kubernetes/network/syslog.yaml:10",
      "31102/UDP Service network/syslog kubernetes/network/syslog.yaml:11",
      "31103/TCP Application argocd/grafana kubernetes/argocd/grafana.yaml:16",
      "31103/TCP Service monitoring/coroot-mcp kubernetes/monitoring/coroot-mcp.yaml:28",
    ]
  `);
});

test('a cluster that syncs another repository, or other paths, has no claims here', () => {
  expect(claimsOf(fixture('homelab'), 'repository: ../other, paths: [kubernetes]')).toEqual([]);
  expect(claimsOf(fixture('homelab'), 'paths: [kubernetes/network]').map(({ port }) => port)).toEqual([31102, 31102]);
});

const application = (destination: string, source: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a, namespace: argocd }\nspec:\n  destination: ${destination}\n${source}`;

describe('Argo CD and Flux', () => {
  const here = '{ server: https://kubernetes.default.svc }';
  const values = '  source:\n    helm:\n      valuesObject: { service: { nodePort: 31110 } }\n';
  test.each<[title: string, text: string, claims: string[]]>([
    ['valuesObject', application(here, values), ['31110/TCP Application argocd/a kubernetes/a.yaml:8']],
    [
      'in the cluster by name',
      application('{ name: in-cluster }', values),
      ['31110/TCP Application argocd/a kubernetes/a.yaml:8'],
    ],
    [
      'the cluster by its own name',
      application('{ name: agentic }', values),
      ['31110/TCP Application argocd/a kubernetes/a.yaml:8'],
    ],
    ['another cluster', application('{ name: prod }', values), []],
    ['another API server', application('{ server: https://10.10.0.1:6443 }', values), []],
    [
      'several sources',
      application(
        here,
        '  sources:\n    - helm:\n        values: "service: { nodePort: 31111 }"\n    - helm:\n        parameters: [{ name: service.nodePort, value: "31112" }]\n',
      ),
      ['31111/TCP Application argocd/a kubernetes/a.yaml:8', '31112/TCP Application argocd/a kubernetes/a.yaml:10'],
    ],
    ['values that are no YAML', application(here, '  source:\n    helm:\n      values: "a: ["\n'), []],
    [
      'a HelmRelease',
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: a, namespace: web }\nspec:\n  values:\n    service: { app: { type: NodePort, ports: { http: { port: 80, nodePort: 31113 } } } }\n',
      ['31113/TCP HelmRelease web/a kubernetes/a.yaml:6'],
    ],
  ])('%s', (_title, text, claims) => {
    expect(claimsOf({ 'kubernetes/a.yaml': text }).map(lineOf)).toEqual(claims);
  });
});

test.each<[values: unknown, ports: number[]]>([
  [{ service: { type: 'NodePort', nodePort: '31100' } }, [31100]],
  [{ service: { type: 'ClusterIP', nodePort: 31100 } }, []],
  [{ service: { nodePort: null } }, []],
  [{ enabled: false, nodePort: 31100 }, []],
  [{ nodePorts: { http: 31100, https: '' } }, [31100]],
  [{ httpNodePort: 31100, nodePortRange: '31000-32000', enableNodePort: true }, [31100]],
  [{ ports: [{ nodePort: 31100 }, { port: 80 }] }, [31100]],
  ['nodePort: 31100', []],
  [undefined, []],
])('Helm values %j claim %j', (values, ports) => {
  expect(helmNodePorts(values).map(({ port }) => port)).toEqual(ports);
});

const service = (name: string, ports: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: web }\nspec: { type: NodePort, ports: [${ports}] }\n`;

describe('conflicts', () => {
  test.each([
    [
      'two Services',
      { 'a.yaml': service('a', '{ nodePort: 31100 }'), 'b.yaml': service('b', '{ nodePort: 31100 }') },
      1,
    ],
    [
      'TCP and UDP of one Service',
      { 'a.yaml': service('a', '{ nodePort: 31100 }, { nodePort: 31100, protocol: UDP }') },
      0,
    ],
    [
      'TCP of one Service and UDP of another',
      { 'a.yaml': service('a', '{ nodePort: 31100 }'), 'b.yaml': service('b', '{ nodePort: 31100, protocol: UDP }') },
      1,
    ],
    ['one Service twice', { 'a.yaml': service('a', '{ nodePort: 31100 }, { nodePort: 31100 }') }, 1],
    [
      'one Service in two files',
      { 'a.yaml': service('a', '{ nodePort: 31100 }'), 'b.yaml': service('a', '{ nodePort: 31100 }') },
      0,
    ],
    ['nobody', {}, 0],
  ])('%s', (_title, files, count) => {
    expect(nodePortConflicts(claimsOf(files, 'paths: [.]'))).toHaveLength(count);
  });
});

test.each([
  ['31100-31102', '{}', [31100], 31101],
  ['31100-31102', '{ 31101: kept }', [31100], 31102],
  ['31100-31101', '{}', [31100, 31101], undefined],
  ['31100-31101', '{}', [], 31100],
])('of %s, with %s reserved and %j taken, %s is next', (allocate, reserved, taken, expected) => {
  const { nodePorts } = readPlatform(
    `${head}clusters: { a: {} }\nnodePorts: { allocate: ${allocate}, reserved: ${reserved} }\n`,
  );
  expect(
    nextFreeNodePort(
      nodePorts,
      taken.map((port) => ({ port })),
    ),
  ).toBe(expected);
});
