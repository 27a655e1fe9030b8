import { expect, test } from 'vitest';
import { buildPaths, otherFiles } from './build-paths.ts';

const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\n`;
const built = (files: Record<string, string>, ...paths: string[]): string[] =>
  buildPaths(new Map(Object.entries(files)), paths).map(({ value }) => (value['metadata'] as { name: string }).name);

test('a path with a kustomization gives what that lists, and nothing else', () => {
  const files = { 'k/kustomization.yaml': 'resources: [a.yaml]\n', 'k/a.yaml': service('a'), 'k/b.yaml': service('b') };
  expect(built(files, 'k')).toEqual(['a']);
  expect(built(files, './k/')).toEqual(['a']);
});

test('a path without one gives all its manifests, and what is no manifest is left out', () => {
  const files = {
    'k/a.yaml': service('a'),
    'k/deep/b.yml': service('b'),
    'k/values.yaml': 'x: 1\n',
    'c.yaml': service('c'),
  };
  expect(built(files, 'k')).toEqual(['a', 'b']);
  expect(built(files, '')).toEqual(['a', 'b', 'c']);
});

test('below a path without one, each kustomization that no other lists is built, components are not', () => {
  const files = {
    'k/base/kustomization.yaml': 'resources: [a.yaml]\n',
    'k/base/a.yaml': service('a'),
    'k/over/kustomization.yaml': 'namePrefix: x-\nresources: [../base]\ncomponents: [../extra]\n',
    'k/extra/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: y-\n',
    'k/unused/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: y-\n',
    'k/plain/b.yaml': service('b'),
    'elsewhere/kustomization.yaml': 'resources: nonsense\n',
  };
  expect(built(files, 'k')).toEqual(['x-y-a', 'b']);
});

test('files that kustomizations name are known, whatever their kind', () => {
  const text = [
    'configMapGenerator:',
    '  - { name: code, files: [server.py, other=../shared/lib.py], envs: [a.env] }',
    'patches: [{ path: patch.json }, { patch: "[]", target: { kind: Service } }]',
  ].join('\n');
  expect(otherFiles(new Map([['k/m/kustomization.yaml', text]]))).toEqual([
    'k/m/server.py',
    'k/shared/lib.py',
    'k/m/a.env',
    'k/m/patch.json',
  ]);
});
