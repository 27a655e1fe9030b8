import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, test } from 'vitest';
import { berthBinary } from '../../test/support/bundle-once.ts';
import { commands } from '../commands/index.ts';

describe.each([
  ['2026-07-28', 'modern', { mode: 'auto' as const }],
  ['2025-11-25', 'legacy', { mode: 'legacy' as const }],
])('berth mcp in a process of its own, protocol %s', (protocolVersion, era, versionNegotiation) => {
  test('offers every command that is not only for a terminal', async () => {
    const { client, transport } = connected(versionNegotiation);
    await client.connect(transport);
    try {
      expect([client.getNegotiatedProtocolVersion(), client.getProtocolEra()]).toEqual([protocolVersion, era]);
      const { tools } = await client.listTools();
      const definitions = await Promise.all(commands.map(async (entry) => entry.load()));
      const expected = definitions
        .filter(({ terminalOnly }) => !terminalOnly)
        .map(({ name }) => name.replace(' ', '_'));
      expect(tools.map(({ name }) => name)).toEqual(expected);
    } finally {
      await client.close();
    }
  });
});

function connected(versionNegotiation: { mode: 'auto' | 'legacy' }) {
  const cwd = mkdtempSync(join(tmpdir(), 'berth-mcp-'));
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation });
  const transport = new StdioClientTransport({ command: process.execPath, args: [berthBinary, 'mcp'], cwd });
  return { client, transport };
}
