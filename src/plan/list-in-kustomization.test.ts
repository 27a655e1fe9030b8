import { expect, test } from 'vitest';
import { withListed, withoutListed } from './list-in-kustomization.ts';

const listed = 'resources:\n  - ../base\n  - weather-mcp.yaml # ours\n';

test('a manifest is listed as its kustomization calls it, once', () => {
  expect(withListed('apps/kustomization.yaml', 'resources:\n  - a.yaml\n', 'apps/mcp/b.yaml')).toBe(
    'resources:\n  - a.yaml\n  - mcp/b.yaml\n',
  );
  expect(withListed('apps/x/kustomization.yaml', 'resources: [a.yaml]\n', 'apps/b.yaml')).toBe(
    'resources: [a.yaml, ../b.yaml]\n',
  );
  expect(withListed('apps/kustomization.yaml', listed, 'apps/weather-mcp.yaml')).toBe(listed);
});

test('where there is no kustomization, one begins', () => {
  expect(withListed('kustomization.yaml', undefined, 'weather-mcp.yaml')).toBe(
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - weather-mcp.yaml\n',
  );
});

test('a manifest is taken out, and the last one leaves an empty list', () => {
  expect(withoutListed('apps/kustomization.yaml', listed, 'apps/weather-mcp.yaml')).toBe('resources:\n  - ../base\n');
  expect(withoutListed('kustomization.yaml', 'resources:\n  - a.yaml\n', 'a.yaml')).toBe('resources: []\n');
  expect(withoutListed('kustomization.yaml', undefined, 'a.yaml')).toBeUndefined();
});
