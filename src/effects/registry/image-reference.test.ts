import { expect, test } from 'vitest';
import { imageReference } from './image-reference.ts';

const digest = `sha256:${'0'.repeat(64)}`;

test.each([
  ['python:3.11-slim', 'registry-1.docker.io', 'library/python', '3.11-slim'],
  ['vortiago/mcp-outline', 'registry-1.docker.io', 'vortiago/mcp-outline', 'latest'],
  ['docker.io/python', 'registry-1.docker.io', 'library/python', 'latest'],
  ['ghcr.io/vortiago/mcp-outline:1.10.1', 'ghcr.io', 'vortiago/mcp-outline', '1.10.1'],
  [`ghcr.io/vortiago/mcp-outline:1.10.1@${digest}`, 'ghcr.io', 'vortiago/mcp-outline', digest],
  ['localhost:5000/weather', 'localhost:5000', 'weather', 'latest'],
])('%s', (text, registry, repository, version) => {
  expect(imageReference(text)).toEqual({ registry, repository, version });
});

test.each(['', 'Python', 'ghcr.io/', 'a b', 'weather:', 'weather@sha256:12', 'https://ghcr.io/a/b', '$(id)', '../x'])(
  '"%s" is refused',
  (text) => {
    expect(() => imageReference(text)).toThrow('is no image reference');
  },
);
