import { expect, test } from 'vitest';
import type { ObservedContainer, ObservedWorkload } from '../../effects/cluster/cluster.ts';
import type { Style } from '../define-command.ts';
import type { ClusterStatus } from './cluster-status.ts';
import { statusToText } from './status-text.ts';
import { settledState } from './up-report.ts';
import { upEventToText } from './up-text.ts';

const plain = (text: string): string => text;
const style: Style = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, columns: 100 };
const url = 'http://127.0.0.1:3100/weather/mcp';
const missing = [{ workload: 'weather-mcp', secret: 'weather-mcp-secrets', key: 'API_KEY' }];

function workload(container: Partial<ObservedContainer>, changes: Partial<ObservedWorkload> = {}): ObservedWorkload {
  return {
    ref: { namespace: 'ai', name: 'weather-mcp' },
    image: 'node:22-slim',
    templateHash: 'a',
    replicas: 1,
    updated: 1,
    available: 0,
    complete: false,
    pods: [
      {
        name: 'weather-mcp-a-b',
        phase: 'Running',
        ready: false,
        terminating: false,
        image: 'node:22-slim',
        templateHash: 'a',
        containers: [{ name: 'mcp-server', init: false, state: 'waiting', restarts: 0, ...container }],
        events: [],
        lastLogLines: ['one', 'two'],
      },
    ],
    ...changes,
  };
}

const server = (observed: ObservedWorkload) => ({ name: 'weather', url, workload: observed, notEnforced: [] });

test('a server that starts is not worth a line yet', () => {
  expect(settledState(server(workload({ reason: 'ContainerCreating' })), { missing: [] })).toBeUndefined();
});

test('a server that crashes is told once, however often it does', () => {
  const crashed = { reason: 'CrashLoopBackOff', lastTermination: { reason: 'OOMKilled', exitCode: 137 } };
  const told = [2, 3].map((restarts) => settledState(server(workload({ ...crashed, restarts })), { missing: [] }));
  expect(told[0]).toEqual(told[1]);
  expect(told[0]).toMatchObject({ state: 'failed', reason: 'mcp-server: CrashLoopBackOff (OOMKilled, exit code 137)' });
});

test('what only the user can give comes before what the cluster says', () => {
  const blocked = workload({ reason: 'CreateContainerConfigError' });
  expect(settledState(server(blocked), { missing })).toMatchObject({ state: 'blocked', missing });
  const refused = { ...server(blocked), refusal: 'it needs uv' };
  expect(settledState(refused, { missing: [] })).toMatchObject({ state: 'blocked', reason: 'it needs uv' });
});

test('a missing secret is shown with the two ways to give it', () => {
  const about = { name: 'weather', url, runs: 'image', state: 'blocked' as const, missing };
  expect(upEventToText({ event: 'server', server: about, width: 9 }, style)).toMatchInlineSnapshot(`
    "  ! weather    image    needs API_KEY (weather-mcp-secrets)
                           put it into .berth/secrets.yaml:  weather-mcp-secrets: { API_KEY: … }
                           or: export BERTH_SECRET_WEATHER_MCP_SECRETS__API_KEY=…"
  `);
});

test('a server that does not stay up is shown with its last words', () => {
  const about = {
    name: 'weather',
    url,
    runs: 'python',
    state: 'failed' as const,
    missing: [],
    reason: 'mcp-server: Error',
  };
  const text = upEventToText({ event: 'server', server: { ...about, lastLogLines: ['no module'] }, width: 7 }, style);
  expect(text).toMatchInlineSnapshot(`
    "  ✗ weather  python   mcp-server: Error
                         no module"
  `);
  expect(upEventToText({ event: 'up', up: 2, all: 3, failed: 'weather' }, style)).toBe(
    '2 of 3 up. Logs: berth logs weather. Stop: Ctrl-C',
  );
});

test('status says where it comes from, what runs, and what is missing', () => {
  const one = {
    name: 'weather',
    namespace: 'ai',
    url,
    replicas: 1,
    available: 1,
    complete: true,
    restarts: 0,
    image: 'x',
    events: [],
  };
  const status: ClusterStatus = {
    version: 1,
    cluster: 'local',
    kind: 'local',
    running: true,
    source: { kind: 'working tree', servers: [] },
    revision: '4f2c1ab9d1',
    uncommitted: ['k/weather.yaml'],
    servers: [
      one,
      { ...one, name: 'calendar', available: 0, complete: false, restarts: 3, reason: 'mcp-server: Error' },
    ],
    missing,
  };
  expect(statusToText(status, style)).toMatchInlineSnapshot(`
    "local runs the working tree at 4f2c1ab, 1 file not committed
      ✓ weather   1/1 ready  http://127.0.0.1:3100/weather/mcp
      ✗ calendar  0/1 ready  http://127.0.0.1:3100/weather/mcp  3 restarts  mcp-server: Error
      ! weather-mcp needs API_KEY of Secret weather-mcp-secrets
          put it into .berth/secrets.yaml:  weather-mcp-secrets: { API_KEY: … }
          or: export BERTH_SECRET_WEATHER_MCP_SECRETS__API_KEY=…"
  `);
  const git = statusToText(
    { ...status, source: { kind: 'git', remote: 'origin', branch: 'main' }, error: 'no' },
    style,
  );
  expect(git).toMatch(/^local follows origin\/main at 4f2c1ab\n {2}✗ no\n/);
  expect(statusToText({ ...status, running: false }, style)).toBe('local does not run. Start it: berth up');
});
