import { expect, test } from 'vitest';
import { fakeServer } from '../../test/support/fake-server.ts';
import type { DeployedForm } from './deployed-form.ts';
import { plannedEntries } from './planned-entries.ts';

const form: DeployedForm = {
  namespace: 'ai',
  workload: 'weather-mcp',
  image: 'node:22-slim',
  codeHash: undefined,
  service: { name: 'weather-mcp', port: 8080, nodePort: 31117 },
  objects: [],
};
const clients = [
  { file: '.mcp.json', from: 'outside' },
  { file: 'agents/mcp.json', from: 'inside' },
] as const;
const nodePortUrl = ({ nodePort, path }: { nodePort?: number; path: string }): string | undefined =>
  nodePort === undefined ? undefined : `http://10.20.0.40:${nodePort}${path}`;

test('each client file gets the URL that its readers can use', () => {
  const server = fakeServer({ description: 'Weather everywhere', token: { secret: 's', key: 'TOKEN' } });
  const common = { name: 'weather', transport: 'streamable-http', description: 'Weather everywhere' };
  expect(plannedEntries(server, form, clients, nodePortUrl)).toEqual([
    { ...common, file: '.mcp.json', url: 'http://10.20.0.40:31117/mcp', tokenVariable: 'WEATHER_MCP_TOKEN' },
    {
      ...common,
      file: 'agents/mcp.json',
      url: 'http://weather-mcp.ai.svc.cluster.local:8080/mcp',
      tokenVariable: 'WEATHER_MCP_TOKEN',
    },
  ]);
});

test('a client file that has no way to the server gets no entry', () => {
  const inside = { ...form, service: { name: 'weather-mcp', port: 8080, nodePort: undefined } };
  expect(plannedEntries(fakeServer(), inside, clients, nodePortUrl).map(({ file }) => file)).toEqual([
    'agents/mcp.json',
  ]);
  expect(plannedEntries(fakeServer(), { ...form, service: undefined }, clients, nodePortUrl)).toEqual([]);
});
