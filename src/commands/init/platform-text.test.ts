import { expect, test } from 'vitest';
import { readPlatform } from '../../platform/read-platform.ts';
import { readRepository } from '../../repository/read-repository.ts';
import { surveyRepository } from '../../repository/survey/survey-repository.ts';
import { platformText } from './platform-text.ts';

const surveyOf = (files: Readonly<Record<string, string>>) =>
  surveyRepository(readRepository(new Map(Object.entries(files))));
const flux = (name: string, path: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { path: ${path} }\n`;
const server = (nodePort: number): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: a-mcp, namespace: tools }\nspec: { ports: [{ nodePort: ${nodePort} }] }\n`;

test('of a repository with several clusters, the others may run no servers', () => {
  const survey = surveyOf({
    'clusters/home/apps.yaml': flux('apps', './apps'),
    'clusters/lab/apps.yaml': flux('apps', './other'),
    'apps/web/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n',
  });
  const cluster = { kind: 'kubernetes', name: 'home', context: 'home' } as const;
  const text = platformText({ cluster, namespace: 'tools', directory: 'apps/mcp-servers' }, survey);
  expect(text).toMatchInlineSnapshot(`
    "# yaml-language-server: $schema=./.berth/schema.json
    apiVersion: mcp-berth.dev/v1
    kind: Platform
    clusters:
      home:
        context: home
        mcpServers: allowed
        paths:
          - apps
          - clusters/home
        gitops:
          engine: flux
          application: apps
          namespace: flux-system
      lab:
        mcpServers: forbidden
        paths:
          - clusters/lab
    servers:
      namespace: tools
      directory: apps/mcp-servers
    clients:
      - file: .mcp.json
        from: outside
    "
  `);
  expect([...readPlatform(text).clusters.keys()]).toEqual(['home', 'lab']);
});

test('the folder of the servers is synced, wherever it is', () => {
  const survey = surveyOf({ 'apps/web.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n' });
  const text = platformText(
    { cluster: { kind: 'kubernetes', name: 'a' }, namespace: 'tools', directory: 'mcp/servers' },
    survey,
  );
  expect(readPlatform(text).clusters.get('a')?.paths).toEqual(['apps', 'mcp']);
});

test.each([
  [31_081, [31_000, 31_999]],
  [30_080, [30_000, 32_767]],
])('where a server has node port %i, servers may have %j', (nodePort, accept) => {
  const survey = surveyOf({ 'apps/a.yaml': server(nodePort) });
  const text = platformText(
    { cluster: { kind: 'kubernetes', name: 'a' }, namespace: 'tools', directory: 'apps' },
    survey,
  );
  expect(readPlatform(text).nodePorts.accept).toEqual(accept);
});

test.each(['yes', 'null', '1.30', '0x10', 'a: b', '@a'])('a context that is called %j stays a text', (context) => {
  const text = platformText(
    { cluster: { kind: 'kubernetes', name: 'a', context }, namespace: 't', directory: 'm' },
    surveyOf({}),
  );
  expect(readPlatform(text).clusters.get('a')).toMatchObject({ context });
});
