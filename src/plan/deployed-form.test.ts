import { expect, test } from 'vitest';
import { fakeServer } from '../../test/support/fake-server.ts';
import { deployedForm } from './deployed-form.ts';

const manifest = (kind: string, spec: string): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: weather-mcp\n  namespace: elsewhere\n${spec}`;
const deployment = manifest(
  'Deployment',
  `spec:
  template:
    metadata:
      annotations: { mcp-berth.dev/code-sha256: c0de }
    spec:
      containers:
        - { name: sidecar, image: "proxy:1" }
        - { name: mcp-server, image: "node:22-slim" }
`,
).replace('v1', 'apps/v1');
const service = manifest('Service', 'spec:\n  ports: [{ port: 9090 }, { port: 8080, nodePort: 31117 }]\n');
const files = (kustomization: string, text = `${deployment}---\n${service}`) =>
  new Map([
    ['servers/kustomization.yaml', kustomization],
    ['servers/weather-mcp.yaml', text],
  ]);

const place = { file: 'servers/kustomization.yaml', root: 'servers' };
const fake = fakeServer();
const at = <T extends object>(one: T | undefined, index: number) =>
  ({ ...one, document: { ...fake.workload.document, index } }) as T & { document: { index: number } };
const server = { ...fake, workload: at(fake.workload, 0), service: at(fake.service, 1) };

test('names, namespace and image are those that the kustomization leaves', () => {
  const kustomization =
    'resources: [weather-mcp.yaml]\nnamespace: ai\nnamePrefix: p-\nimages: [{ name: node, newTag: "24" }]\n';
  const { objects, ...form } = deployedForm(files(kustomization), place, server);
  expect(objects).toHaveLength(2);
  expect(form).toEqual({
    namespace: 'ai',
    workload: 'p-weather-mcp',
    image: 'node:24',
    codeHash: 'c0de',
    service: { name: 'p-weather-mcp', port: 8080, nodePort: 31117 },
  });
});

test('an object that does not arrive is named with its place', () => {
  expect(() => deployedForm(files('resources: [weather-mcp.yaml]\n', deployment), place, server)).toThrow(
    expect.objectContaining({ code: 'KUSTOMIZE_RESOURCE_MISSING', at: 'servers/weather-mcp.yaml:1:1' }),
  );
});
