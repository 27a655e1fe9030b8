import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { childDriver } from '../../../../../test/support/child-driver.ts';
import { httpProbeOf, nodeContainer, workloadOf } from '../../../../../test/support/local-workload.ts';
import type { LocalWorkload } from '../../../../local/types.ts';
import type { ObservedWorkload } from '../../cluster.ts';
import { type DesiredWorkload, WorkloadSet } from './workload-set.ts';

const ref = { namespace: 'ai-platform', name: 'weather-mcp' };
const limits = { firstMilliseconds: 200, mostMilliseconds: 60_000 };
const patience = { timeout: 20_000, interval: 30 };
const serve = (answer: string): string =>
  `require('http').createServer((q, r) => { ${answer} }).listen(process.env.PORT_8080, '127.0.0.1')`;

const server = () => nodeContainer(serve(`r.end('ok')`), { readiness: httpProbeOf('/') });
const desired = (workload: LocalWorkload, more: Partial<DesiredWorkload> = {}): DesiredWorkload => ({
  workload,
  revision: workload.template.hash,
  ...more,
});

function startSet(driver = childDriver()) {
  const stateFolder = mkdtempSync(join(tmpdir(), 'berth-set-'));
  const set = new WorkloadSet({ driver, stateFolder, limits, changed: () => undefined });
  onTestFinished(async () => {
    await set.close();
    rmSync(stateFolder, { recursive: true, force: true });
  });
  return {
    set,
    driver,
    stateFolder,
    apply: (workload: LocalWorkload, more?: Partial<DesiredWorkload>) => set.apply([desired(workload, more)]),
    until: async (condition: (workload: ObservedWorkload) => boolean) =>
      vi.waitFor(async () => {
        const workload = await set.observe(ref);
        if (!workload || !condition(workload)) throw new Error(`not yet: ${JSON.stringify(workload)}`);
        return workload;
      }, patience),
  };
}

const firstContainer = ({ pods }: ObservedWorkload) => pods[0]?.containers[0];

test('a pod is ready when its readiness probe says so, and not before', async () => {
  const { apply, until } = startSet();
  const code = serve(`r.writeHead(Date.now() - started < 2500 ? 503 : 200).end()`).replace(
    'require',
    'const started = Date.now(); require',
  );
  apply(workloadOf({ containers: [nodeContainer(code, { readiness: httpProbeOf('/health') })] }));
  const waiting = await until(({ pods }) => pods[0]?.events[0]?.startsWith('Unhealthy') === true);
  expect(waiting).toMatchObject({ available: 0, complete: false });
  expect(waiting.pods[0]?.events.join('\n')).toMatch(/^Unhealthy: Readiness probe failed: /m);
  const ready = await until(({ complete }) => complete);
  expect(ready).toMatchObject({ available: 1, updated: 1, pods: [{ phase: 'Running', ready: true }] });
  expect(ready.pods[0]?.events.join('\n')).toContain('Readiness probe failed: HTTP probe failed with statuscode: 503');
});

test('a container that ends is started again, at once and then with a growing back-off', async () => {
  const { apply, until, set } = startSet();
  apply(workloadOf({ containers: [nodeContainer('console.log("no"); process.exit(3)')] }));
  const crashing = await until((workload) => (firstContainer(workload)?.restarts ?? 0) >= 2);
  expect(firstContainer(crashing)).toMatchObject({ lastTermination: { reason: 'Error', exitCode: 3 } });
  const waiting = await until((workload) => firstContainer(workload)?.reason === 'CrashLoopBackOff');
  expect(firstContainer(waiting)?.message).toMatch(
    /^back-off \d+ms restarting failed container=mcp-server pod=weather-mcp-aaa-\w{5}$|^back-off \d+s /,
  );
  expect(waiting.pods[0]?.lastLogLines).toContain('no');
  expect(set.readyPods(ref)).toEqual([]);
});

test('a container that was killed for its memory is OOMKilled', async () => {
  const { apply, until } = startSet();
  const code = `process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 1e6)`;
  apply(workloadOf({ containers: [nodeContainer(code, { memoryBytes: 64 * 1024 * 1024 })] }));
  const killed = await until((workload) => firstContainer(workload)?.lastTermination !== undefined);
  expect(firstContainer(killed)?.lastTermination).toEqual({ reason: 'OOMKilled', exitCode: 137 });
  expect(killed.pods[0]?.events).toContainEqual(expect.stringContaining('memory limit of 64 MiB'));
});

test('a container whose liveness probe gives up is restarted', async () => {
  const { apply, until } = startSet();
  const code = serve(`r.writeHead(500).end()`);
  const liveness = httpProbeOf('/health', { failureThreshold: 2 });
  apply(workloadOf({ containers: [nodeContainer(code, { liveness })] }));
  const restarted = await until((workload) => firstContainer(workload)?.restarts === 1);
  expect(restarted.pods[0]?.events).toContainEqual(
    expect.stringContaining('Killing: Container mcp-server failed liveness probe, will be restarted'),
  );
});

test('readiness and liveness wait for the startup probe', async () => {
  const { apply, until } = startSet();
  const code = `let n = 0; ${serve(`r.writeHead(q.url === '/started' && ++n > 2 ? 200 : q.url === '/started' ? 503 : n > 2 ? 200 : 418).end()`)}`;
  const container = nodeContainer(code, {
    startup: httpProbeOf('/started', { failureThreshold: 30 }),
    readiness: httpProbeOf('/ready'),
    liveness: httpProbeOf('/live', { failureThreshold: 1 }),
  });
  apply(workloadOf({ containers: [container] }));
  const ready = await until(({ complete }) => complete);
  expect(firstContainer(ready)?.restarts).toBe(0);
  expect(ready.pods[0]?.events.join('\n')).not.toContain('418');
});

test('init containers run one after another, and again until they succeed', async () => {
  const { apply, until, stateFolder } = startSet();
  const twice = `const fs = require('fs'); fs.appendFileSync('order', 'a'); process.exit(fs.readFileSync('order', 'utf8') === 'a' ? 1 : 0)`;
  apply(
    workloadOf({
      init: [
        nodeContainer(twice, { name: 'install', ports: [] }),
        nodeContainer(`require('fs').appendFileSync('order', 'b')`, { name: 'compile', ports: [] }),
      ],
      containers: [nodeContainer(`require('fs').appendFileSync('order', 'c'); setTimeout(() => {}, 1e6)`)],
    }),
  );
  const { pods } = await until(({ complete }) => complete);
  expect(pods[0]?.containers.map(({ name, reason, restarts }) => [name, reason, restarts])).toEqual([
    ['install', 'Completed', 1],
    ['compile', 'Completed', 0],
    ['mcp-server', undefined, 0],
  ]);
  await vi.waitFor(() => {
    expect(readFileSync(join(stateFolder, 'pods', pods[0]?.name ?? '', 'order'), 'utf8')).toBe('aabc');
  }, patience);
});

describe('a new template', () => {
  test('replaces the old pod only once its own is ready', async () => {
    const { apply, until, set } = startSet();
    apply(workloadOf({ hash: 'old', containers: [server()] }));
    await until(({ complete }) => complete);
    const broken = nodeContainer('process.exit(1)', { readiness: httpProbeOf('/') });
    apply(workloadOf({ hash: 'broken', containers: [broken] }));
    const stuck = await until(({ pods }) => pods.some(({ containers }) => (containers[0]?.restarts ?? 0) > 1));
    expect(stuck).toMatchObject({ available: 1, complete: false, replicas: 1 });
    expect(set.readyPods(ref).map(({ revision }) => revision)).toEqual(['old']);
    apply(workloadOf({ hash: 'new', containers: [server()] }));
    const done = await until(({ complete }) => complete);
    expect(done.pods.map(({ templateHash }) => templateHash)).toEqual(['new']);
  });

  test('that makes no progress is called stalled', async () => {
    const { apply, until } = startSet();
    apply(workloadOf({ containers: [nodeContainer('process.exit(1)')], progressDeadlineSeconds: 1 }));
    const { stalled } = await until((workload) => workload.stalled !== undefined);
    expect(stalled).toBe('ProgressDeadlineExceeded: Deployment "weather-mcp" has not progressed for 1 s');
  });
});

test('restart replaces the pods without a moment of nobody', async () => {
  const { apply, until, set } = startSet();
  apply(workloadOf({ containers: [nodeContainer(serve('r.end()'), { readiness: httpProbeOf('/') })] }));
  const before = await until(({ complete }) => complete);
  expect(set.restart(ref)).toBe(true);
  const after = await until(({ complete, pods }) => complete && pods[0]?.name !== before.pods[0]?.name);
  expect(after.pods).toHaveLength(1);
  expect(set.restart({ namespace: 'ai-platform', name: 'nobody' })).toBe(false);
});

test('a workload that is gone is stopped, and its pod is seen until it has ended', async () => {
  const { apply, until, set, driver } = startSet();
  const slowly = `process.on('SIGTERM', () => setTimeout(process.exit, 500)); ${serve('r.end()')}`;
  apply(workloadOf({ containers: [nodeContainer(slowly, { readiness: httpProbeOf('/') })] }));
  await until(({ complete }) => complete);
  set.apply([]);
  await until(({ pods }) => pods.every(({ terminating }) => terminating));
  await vi.waitFor(async () => expect(await set.observe(ref)).toBeUndefined(), patience);
  expect(driver.alive()).toBe(0);
});

test('what cannot begin says why, and begins once it can', async () => {
  const { apply, until } = startSet();
  const workload = workloadOf({ containers: [nodeContainer(serve('r.end()'))] });
  const message = `couldn't find key API_KEY in Secret ai-platform/weather-mcp-secrets`;
  apply(workload, { blocked: { container: 'mcp-server', reason: 'CreateContainerConfigError', message } });
  const blocked = await until(({ pods }) => pods.length === 1);
  expect(firstContainer(blocked)).toMatchObject({ state: 'waiting', reason: 'CreateContainerConfigError', message });
  apply(workload);
  expect((await until(({ complete }) => complete)).pods).toHaveLength(1);
});

test('one that ignores SIGTERM is killed after the grace period', async () => {
  const { apply, until, set, driver } = startSet();
  const code = `process.on('SIGTERM', () => console.log('no')); ${serve('r.end()')}`;
  apply(workloadOf({ containers: [nodeContainer(code, { readiness: httpProbeOf('/') })], grace: 1 }));
  await until(({ complete }) => complete);
  await set.close();
  expect(driver.alive()).toBe(0);
});
