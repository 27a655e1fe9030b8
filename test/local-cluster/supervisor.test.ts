import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { LocalCluster, LocalState } from '../../src/effects/cluster/local/local-cluster.ts';
import { openLocalCluster } from '../../src/effects/cluster/local/open-local-cluster.ts';
import { freePort } from '../../src/effects/free-port.ts';
import { realGit } from '../../src/effects/git/real-git.ts';
import { isAlive } from '../../src/effects/is-alive.ts';
import { readPlatform } from '../../src/platform/read-platform.ts';
import { gitSandbox, type Sandbox } from '../support/git-sandbox.ts';

const patience = { timeout: 15_000, interval: 50 };
const signal = new AbortController().signal;
const weather = { namespace: 'ai', name: 'weather-mcp' };
let folder: string;
let program: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-supervisor-'));
  program = join(folder, 'supervisor.mjs');
  const entry = fileURLToPath(new URL('../support/child-supervisor.ts', import.meta.url));
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  buildSync({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'esm', banner });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answering = (answer: string): string =>
  `require('http').createServer((q, r) => r.end('${answer}')).listen(process.env.PORT_8080, '127.0.0.1'); console.log('${answer}')`;

const slow = (answer: string): string =>
  `require('http').createServer((q, r) => setTimeout(() => r.end('${answer}'), 150)).listen(process.env.PORT_8080, '127.0.0.1')`;

const deployment = (code: string, name = 'weather-mcp'): string =>
  `kind: Deployment\nmetadata: { name: ${name}, namespace: ai }\nspec: { code: ${JSON.stringify(code)} }\n`;

interface Platform extends Sandbox {
  cluster: LocalCluster;
  port: number;
  ask: (path: string) => Promise<string>;
  until: (condition: (state: LocalState) => boolean) => Promise<LocalState>;
}

async function platform(
  files: Record<string, string> = { 'k/weather.yaml': deployment(answering('one')) },
  gatewayPort?: number,
): Promise<Platform> {
  const port = gatewayPort ?? (await freePort());
  const sandbox = gitSandbox({ ...files, '.gitignore': '.berth/state\n.berth/secrets.yaml\n' });
  const settings = readPlatform(
    `apiVersion: mcp-berth.dev/v1\nkind: Platform\nclusters: { local: { kind: local, gatewayPort: ${port}, paths: [k] } }\n`,
  );
  const config = settings.clusters.get('local');
  if (config?.kind !== 'local') throw new Error('no local cluster');
  const cluster = openLocalCluster({
    root: sandbox.work,
    platform: settings,
    config,
    git: realGit(sandbox.work),
    program,
  });
  onTestFinished(async () => void (await cluster.down(signal)));
  return {
    ...sandbox,
    cluster,
    port,
    ask: async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).text(),
    until: async (condition) =>
      vi.waitFor(async () => {
        const state = await cluster.state(signal);
        if (!state || !condition(state)) throw new Error(`not yet: ${JSON.stringify(state)}`);
        return state;
      }, patience),
  };
}

const isUp = ({ servers }: LocalState): boolean =>
  servers.length > 0 && servers.every(({ workload }) => workload.complete);

function begin({ cluster }: Platform, servers: string[] = []) {
  const stop = new AbortController();
  const states: LocalState[] = [];
  const done = cluster.up({ servers, changed: (state) => states.push(state), signal: stop.signal });
  onTestFinished(() => stop.abort());
  return { stop, states, done };
}

describe('as a deploy target', () => {
  test('it starts with the first refresh, follows the branch, and drops what is gone', async () => {
    const { cluster, ask, until, git, write, remote } = await platform();
    expect(await cluster.synced(signal)).toEqual({ error: 'local does not run' });
    await cluster.refresh(signal);
    await until(isUp);
    expect(await ask('/weather/mcp')).toBe('one');
    expect(await cluster.synced(signal)).toEqual({ revision: git('rev-parse', 'HEAD') });
    expect(await cluster.observe(weather, signal)).toMatchObject({ available: 1, complete: true });

    write('k/weather.yaml', deployment(answering('two')));
    write('k/calendar.yaml', deployment(answering('three'), 'calendar-mcp'));
    git('add', '--all');
    git('commit', '-m', 'Two');
    await cluster.refresh(signal);
    expect(await ask('/weather/mcp')).toBe('one');
    git('push', '--quiet', remote, 'main');
    await cluster.refresh(signal);
    await until((state) => isUp(state) && state.servers.length === 2);
    await vi.waitFor(async () => expect(await ask('/weather/mcp')).toBe('two'), patience);
    expect(await ask('/calendar/mcp')).toBe('three');

    git('rm', '--quiet', 'k/calendar.yaml');
    git('commit', '-m', 'One');
    git('push', '--quiet', remote, 'main');
    await cluster.refresh(signal);
    await vi.waitFor(async () => {
      expect((await cluster.observeAll(signal)).map(({ ref }) => ref.name)).toEqual(['weather-mcp']);
    }, patience);
    expect(await cluster.synced(signal)).toEqual({ revision: git('rev-parse', 'HEAD') });
  });

  test('what cannot be built is said, and what ran before stays', async () => {
    const { cluster, ask, until, write, git } = await platform({
      'k/kustomization.yaml': 'resources: [weather.yaml]\n',
      'k/weather.yaml': deployment(answering('one')),
    });
    await cluster.refresh(signal);
    await until(isUp);
    const before = await cluster.synced(signal);
    write('k/kustomization.yaml', 'resources: [weather.yaml, missing.yaml]\n');
    git('commit', '-am', 'Break');
    git('push', '--quiet');
    await cluster.refresh(signal);
    const { error } = await until((state) => state.error !== undefined);
    expect(error).toContain('k/kustomization.yaml:1:27');
    expect(await cluster.synced(signal)).toEqual({ ...before, error });
    expect(await ask('/weather/mcp')).toBe('one');
  });

  test('a remote that is away is said, and forgotten once it is back', async () => {
    const { cluster, until, git, remote } = await platform();
    await cluster.refresh(signal);
    await until(isUp);
    git('remote', 'set-url', 'origin', `${remote}-gone`);
    await cluster.refresh(signal);
    expect((await until(({ error }) => error !== undefined)).error).toContain('The remote origin could not be reached');
    git('remote', 'set-url', 'origin', remote);
    await cluster.refresh(signal);
    await until(({ error }) => error === undefined);
  });
});

describe('with the working tree', () => {
  test('it runs what is saved, says what is not committed, and ends with its user', async () => {
    const it = await platform();
    it.write('k/weather.yaml', deployment(answering('saved')));
    const { stop, states, done } = begin(it);
    const { revision, uncommitted, pid } = await it.until(isUp);
    expect({ revision, uncommitted }).toEqual({
      revision: it.git('rev-parse', 'HEAD'),
      uncommitted: ['k/weather.yaml'],
    });
    expect(await it.ask('/weather/mcp')).toBe('saved');
    it.write('k/weather.yaml', deployment(answering('saved again')));
    await vi.waitFor(async () => expect(await it.ask('/weather/mcp')).toBe('saved again'), patience);
    await vi.waitFor(() => expect(states.at(-1)?.servers).toHaveLength(1), patience);
    stop.abort();
    await done;
    expect(isAlive(pid)).toBe(false);
    expect(await it.cluster.state(signal)).toBeUndefined();
    expect(it.git('status', '--porcelain')).toBe(' M k/weather.yaml');
  });

  test('only the servers that were asked for', async () => {
    const it = await platform({
      'k/weather.yaml': deployment(answering('one')),
      'k/calendar.yaml': deployment(answering('three'), 'calendar-mcp'),
    });
    begin(it, ['calendar']);
    expect((await it.until(isUp)).servers.map(({ name }) => name)).toEqual(['calendar']);
    expect(await it.ask('/weather/mcp')).toContain('No such server. There are: /calendar/');
  });

  test('one cluster has one source at a time', async () => {
    const it = await platform();
    begin(it);
    await it.until(isUp);
    await expect(it.cluster.refresh(signal)).rejects.toMatchObject({ code: 'CLUSTER_BUSY' });
    await expect(it.cluster.up({ servers: [], changed: () => undefined, signal })).rejects.toMatchObject({
      code: 'CLUSTER_BUSY',
      message: expect.stringMatching(/^local runs already, from the working tree \(process \d+\)$/),
    });
  });

  test('a gateway port that is taken ends it, and names who has the port', async () => {
    const first = await platform();
    begin(first);
    await first.until(isUp);
    const second = await platform(undefined, first.port);
    await expect(second.cluster.up({ servers: [], changed: () => undefined, signal })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringMatching(new RegExp(`gateway's port ${first.port} is taken by .*process \\d+`)),
    });
    expect(await first.ask('/weather/mcp')).toBe('one');
  });
});

test('a rolling update loses no request, though its servers end in the middle of what they do', async () => {
  const names = ['a', 'b', 'c'];
  const it = await platform(
    Object.fromEntries(names.map((name) => [`k/${name}.yaml`, deployment(slow(name), `${name}-mcp`)])),
  );
  await it.cluster.refresh(signal);
  await it.until((state) => isUp(state) && state.servers.length === 3);
  const answers = new Map<string, number>();
  const updated = new AbortController();
  const asking = Array.from({ length: 6 }, async (_, index) => {
    const name = names[index % 3] ?? '';
    while (!updated.signal.aborted) {
      const answer = await it.ask(`/${name}/mcp`);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
  });
  await it.cluster.restart({ namespace: 'ai', name: 'a-mcp' }, signal);
  it.write('k/b.yaml', deployment(slow('b2'), 'b-mcp'));
  it.git('commit', '-am', 'b2');
  it.git('push', '--quiet');
  await it.cluster.refresh(signal);
  await vi.waitFor(() => expect(answers.get('b2')).toBeGreaterThan(3), patience);
  await it.until((state) => isUp(state) && state.servers.every(({ workload }) => workload.pods.length === 1));
  updated.abort();
  await Promise.all(asking);
  expect([...answers.keys()].toSorted()).toEqual(['a', 'b', 'b2', 'c']);
});

test('logs are followed across a restart into the next pod', async () => {
  const it = await platform();
  await it.cluster.refresh(signal);
  await it.until(isUp);
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const lines: string[] = [];
  const following = (async () => {
    for await (const line of it.cluster.logs(weather, { follow: true, tail: 10, signal: stop.signal }))
      lines.push(line);
  })();
  await vi.waitFor(() => expect(lines).toEqual(['one']), patience);
  await it.cluster.restart(weather, signal);
  await vi.waitFor(() => expect(lines).toEqual(['one', 'one']), patience);
  stop.abort();
  await following;
  await expect(it.cluster.restart({ namespace: 'ai', name: 'nobody' }, signal)).rejects.toMatchObject({
    code: 'SERVER_UNKNOWN',
  });
});

test('a supervisor that was killed is no obstacle, and its lock is taken over', async () => {
  const it = await platform();
  await it.cluster.refresh(signal);
  const { pid } = await it.until(isUp);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(async () => expect(await it.cluster.state(signal)).toBeUndefined(), patience);
  await it.cluster.refresh(signal);
  expect((await it.until(isUp)).pid).not.toBe(pid);
  expect(await it.cluster.down(signal)).toEqual(['weather']);
  expect(await it.cluster.down(signal)).toEqual([]);
  expect(readFileSync(join(it.work, '.berth/state/local/supervisor.log'), 'utf8')).toBe('');
});
