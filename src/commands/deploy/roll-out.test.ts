import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Cluster, ObservedContainer, ObservedWorkload } from '../../effects/cluster/cluster.ts';
import type { Context } from '../define-command.ts';
import { rollOut } from './roll-out.ts';

const revision = 'b'.repeat(40);
const wanted = {
  workload: { namespace: 'ai', name: 'weather-mcp' },
  revision,
  image: 'node:22-slim',
  codeHash: 'new',
  timeoutSeconds: 60,
};
const running: ObservedContainer = { name: 'mcp-server', init: false, state: 'running', restarts: 0 };

function workload(
  changes: Partial<ObservedWorkload> = {},
  container: Partial<ObservedContainer> = {},
): ObservedWorkload {
  const carried = { image: wanted.image, codeHash: 'new', templateHash: 't2' };
  const pod = {
    ...carried,
    name: 'weather-mcp-1',
    phase: 'Running' as const,
    ready: true,
    terminating: false,
    containers: [{ ...running, ...container }],
    events: [],
    lastLogLines: [],
  };
  return {
    ref: wanted.workload,
    ...carried,
    replicas: 1,
    updated: 1,
    available: 1,
    complete: true,
    pods: [pod],
    ...changes,
  };
}

type Moment = { synced?: string; error?: string; workload?: ObservedWorkload };

/** A cluster that is one moment further each time it is asked; the last moment stays. Its clock runs 5 s a look. */
async function watch(moments: readonly Moment[]) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  let index = -1;
  let clock = 0;
  const now = (): Moment => moments[Math.min(index, moments.length - 1)] ?? {};
  const cluster = {
    name: 'agentic',
    kind: 'local',
    refresh: async () => undefined,
    async synced() {
      index += 1;
      clock += 5000;
      const { synced, error } = now();
      return { ...(synced ? { revision: synced } : {}), ...(error ? { error } : {}) };
    },
    observe: async () => now().workload,
  } as unknown as Cluster;
  const lines: string[] = [];
  const context = {
    now: () => clock,
    signal: new AbortController().signal,
    progress: (line: string) => lines.push(line),
    git: { isAncestor: async (ancestor: string, descendant: string) => ancestor <= descendant },
  } as unknown as Context;
  const result = rollOut(context, cluster, wanted);
  await vi.advanceTimersByTimeAsync(60_000);
  return { ...(await result), seconds: clock / 1000, lines };
}

test('a rollout is over when only pods of this image and code are there', async () => {
  const old = workload({ complete: false, updated: 0, available: 1 });
  const { ok, text, lines } = await watch([
    {},
    { synced: 'a'.repeat(40) },
    { synced: revision },
    { synced: revision, workload: old },
    { synced: revision, workload: workload() },
  ]);
  expect({ ok, text }).toEqual({ ok: true, text: 'synced bbbbbbb, weather-mcp 1/1 available' });
  expect(lines).toEqual([
    'agentic: has applied nothing yet, waiting for bbbbbbb',
    'agentic: is at aaaaaaa, waiting for bbbbbbb',
    'agentic: weather-mcp is not there yet',
    'agentic: weather-mcp 1/1 available',
    'agentic: synced bbbbbbb, weather-mcp 1/1 available',
  ]);
});

test('a later revision will do', async () => {
  expect(await watch([{ synced: 'c'.repeat(40), workload: workload() }])).toMatchObject({ ok: true });
});

describe('what is not this revision is never complete', () => {
  const pod = workload().pods[0];
  test.each([
    ['code', { ...pod, codeHash: 'old' }, 'pod weather-mcp-1 runs other code (old)'],
    ['image', { ...pod, image: 'node:20' }, 'pod weather-mcp-1 runs node:20, not node:22-slim'],
  ])('a pod of other %s', async (_, other, text) => {
    const result = await watch([
      { synced: revision, workload: workload({ pods: [other as NonNullable<typeof pod>] }) },
    ]);
    expect(result).toMatchObject({ ok: false, text: `${text} (after 60 s)` });
  });
});

describe('what will not get better ends the waiting', () => {
  const crashing = workload(
    { complete: false, available: 0 },
    { state: 'waiting', reason: 'CrashLoopBackOff', exitCode: 1, restarts: 3 },
  );
  test('a container that ended three times, at once', async () => {
    const { ok, text, seconds } = await watch([{ synced: revision, workload: crashing }]);
    expect({ ok, text, seconds }).toEqual({
      ok: false,
      text: 'pod weather-mcp-1, container mcp-server: CrashLoopBackOff (exit code 1, 3 restarts)',
      seconds: 5,
    });
  });

  test('a container that cannot start, after a while: its secret may be on the way', async () => {
    const message = 'secret "weather-mcp-secrets" not found';
    const waiting = workload({ complete: false }, { state: 'waiting', reason: 'CreateContainerConfigError', message });
    const { ok, text, seconds } = await watch([{ synced: revision, workload: waiting }]);
    expect({ ok, text }).toEqual({
      ok: false,
      text: `pod weather-mcp-1, container mcp-server: CreateContainerConfigError (${message})`,
    });
    expect(seconds).toBe(30);
  });

  test('an error of the cluster itself, after a while', async () => {
    const error = 'kustomization.yaml lists weather.yaml, which does not exist';
    expect(await watch([{ error }])).toMatchObject({ ok: false, text: error, seconds: 30 });
  });

  test('but not one that goes away', async () => {
    const moments = [
      { error: 'connection refused' },
      { error: 'connection refused' },
      { synced: revision, workload: workload() },
    ];
    expect(await watch(moments)).toMatchObject({ ok: true });
  });
});
