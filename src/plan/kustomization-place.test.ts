import { expect, test } from 'vitest';
import { readRepository } from '../repository/read-repository.ts';
import { placeOf } from './kustomization-place.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';
const place = (files: Readonly<Record<string, string>>, manifest: string, paths: readonly string[] = ['apps']) =>
  placeOf(readRepository(new Map(Object.entries({ [manifest]: configMap, ...files }))), manifest, paths);

test('the kustomization that lists a manifest, and the topmost one above it', () => {
  const files = {
    'apps/kustomization.yaml': 'resources: [mcp]\n',
    'apps/mcp/kustomization.yaml': 'resources: [./weather.yaml]\n',
  };
  expect(place(files, 'apps/mcp/weather.yaml')).toEqual({
    file: 'apps/mcp/kustomization.yaml',
    listed: true,
    root: 'apps',
  });
});

test.each([
  ['the nearest one', { 'apps/mcp/kustomization.yml': 'resources: []\n' }, 'apps/mcp/kustomization.yml'],
  ['one above', { 'apps/kustomization.yaml': 'resources: []\n' }, 'apps/kustomization.yaml'],
  ['one that is still to be made', {}, 'apps/mcp/kustomization.yaml'],
])('a manifest that nobody lists goes into %s', (_, files, expected) => {
  expect(place(files, 'apps/mcp/weather.yaml')).toMatchObject({ file: expected, listed: false });
});

test('of several that include it, the one that the cluster syncs counts', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [weather.yaml]\n',
    'a-stage/kustomization.yaml': 'resources: [../base]\n',
    'prod/kustomization.yaml': 'resources: [../base]\n',
  };
  expect(place(files, 'base/weather.yaml', ['prod'])).toMatchObject({ file: 'base/kustomization.yaml', root: 'prod' });
});

test('kustomizations that are broken or include each other hold nobody up', () => {
  const files = {
    'apps/kustomization.yaml': 'resources: [weather.yaml, ../other]\n',
    'other/kustomization.yaml': 'resources: [../apps]\n',
    'broken/kustomization.yaml': 'resources: {]\n',
  };
  expect(place(files, 'apps/weather.yaml')).toMatchObject({ file: 'apps/kustomization.yaml', listed: true });
});

test('beside manifests that are applied as they are there is nothing to list', () => {
  expect(place({ 'apps/other.yaml': configMap }, 'apps/weather.yaml')).toEqual({
    file: undefined,
    listed: true,
    root: 'apps',
  });
});
