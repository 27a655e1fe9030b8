import { expect, test } from 'vitest';
import { fixture } from '../../test/support/fixture.ts';
import { memoryFiles } from '../../test/support/memory-files.ts';
import { loadPlatform } from './load-platform.ts';

test('without berth.yaml the way to one is named', async () => {
  await expect(loadPlatform({ files: memoryFiles(fixture('homelab')) })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    hint: expect.stringContaining('berth init'),
  });
});

test('or the platform is one local cluster, with what the repository tells', async () => {
  const platform = await loadPlatform({ files: memoryFiles(fixture('homelab')) }, { orDefault: true });
  expect([...platform.clusters.values()]).toEqual([
    {
      kind: 'local',
      name: 'local',
      gatewayPort: 3100,
      mcpServers: 'allowed',
      paths: ['kubernetes/applications/mcp-servers'],
    },
  ]);
  expect(platform.servers).toMatchObject({
    namespace: 'ai-platform',
    directory: 'kubernetes/applications/mcp-servers',
  });
  expect(platform.secrets.provider).toBe('infisical');
});

test('what berth.yaml says counts, default or not', async () => {
  const files = memoryFiles({ 'berth.yaml': 'apiVersion: mcp-berth.dev/v1\nkind: Platform\nclusters: { a: {} }\n' });
  expect([...(await loadPlatform({ files }, { orDefault: true })).clusters.keys()]).toEqual(['a']);
});
