import { expect, test } from 'vitest';
import { localClusterConfig } from './local-cluster-config.ts';
import { readPlatform } from './read-platform.ts';

const platform = (...clusters: string[]) =>
  readPlatform(
    `apiVersion: mcp-berth.dev/v1\nkind: Platform\nclusters:\n${clusters.map((line) => `  ${line}\n`).join('')}`,
  );

const laptop = 'laptop: { kind: local, gatewayPort: 4000, paths: [k] }';
const agentic = 'agentic: { mcpServers: allowed, paths: [apps] }';

test('the only local cluster is meant, whatever else there is', () => {
  expect(localClusterConfig(platform(agentic, laptop))).toMatchObject({ name: 'laptop', gatewayPort: 4000 });
});

test('of two, one has to be named', () => {
  const two = platform(laptop, 'ci: { kind: local, gatewayPort: 4001, paths: [k] }');
  expect(() => localClusterConfig(two)).toThrow('more than one local cluster');
  expect(localClusterConfig(two, 'ci')).toMatchObject({ name: 'ci' });
});

test('where there is none, one stands in for the cluster that MCP servers may run in', () => {
  const expected = { name: 'local', kind: 'local', gatewayPort: 3100, paths: ['apps'] };
  expect(localClusterConfig(platform(agentic, 'prod: { paths: [other] }'))).toMatchObject(expected);
  expect(localClusterConfig(platform(agentic), 'agentic')).toMatchObject(expected);
  expect(localClusterConfig(platform(agentic), 'local')).toMatchObject(expected);
});

test('an unknown name is refused with those there are', () => {
  expect(() => localClusterConfig(platform(agentic), 'agentik')).toThrow('no cluster "agentik"');
});
