import { describe, expect, test } from 'vitest';
import { deployPlatform, manifestFile } from '../../test/support/deploy-platform.ts';
import { fakeCluster } from '../../test/support/fake-cluster.ts';
import { type FakeWorld, fakeWorld } from '../../test/support/fake-world.ts';
import type { Sandbox } from '../../test/support/git-sandbox.ts';
import { runCommand } from '../../test/support/run-command.ts';
import { weatherManifest } from '../../test/support/weather-server.ts';
import { deployCommand } from './deploy.ts';

const url = 'http://127.0.0.1:3100/weather/mcp';

interface World extends FakeWorld {
  answers?: readonly string[];
}

const deploy = async (sandbox: Sandbox, args: readonly string[] = [], { answers, ...world }: World = {}) =>
  runCommand(deployCommand, ['weather', ...args], sandbox.work, {
    ...fakeWorld(sandbox, world),
    ...(answers ? { answers } : {}),
  });

const ended = ['Record the proof of MCP server weather', 'Add MCP server weather', 'Begin'];

test('six steps bring a server to its proof', async () => {
  const sandbox = deployPlatform();
  const { exitCode, stdout } = await deploy(sandbox);
  expect(stdout.replaceAll(/\b[0-9a-f]{7}\b/g, 'COMMIT')).toMatchInlineSnapshot(`
    "laptop (a fake), origin/main
      1 write      weather-mcp.yaml                                                      already there
      2 list       servers/kustomization.yaml                                            0 ms
      3 push       "Add MCP server weather" → origin/main COMMIT                        0 ms
      4 roll out   laptop: ai-platform/weather-mcp                                       already there
      5 connect    .mcp.json  weather → http://127.0.0.1:3100/weather/mcp                0 ms
      6 prove      1 tool, forecast({"city":"Oslo"}) matches /temperature/               0 ms
    ✓ weather is proven on laptop. Client entry and berth.lock pushed as COMMIT.
    "
  `);
  expect(exitCode).toBe(0);
  expect(sandbox.remoteLog()).toEqual(ended);
  expect(JSON.parse(sandbox.remoteFile('.mcp.json') ?? '').mcpServers.weather.url).toBe(url);
  expect(JSON.parse(sandbox.remoteFile('berth.lock') ?? '').servers.weather).toMatchObject({
    cluster: 'laptop',
    revision: sandbox.git('rev-parse', 'HEAD~1'),
    clients: { '.mcp.json': url },
  });
  expect(sandbox.git('status', '--porcelain')).toBe('');
});

test('both commits carry the same deploy', async () => {
  const sandbox = deployPlatform();
  await deploy(sandbox);
  const trailers = sandbox.git('log', '--format=%(trailers:only,unfold)', '-2').split('\n').filter(Boolean);
  expect(new Set(trailers).size).toBe(2);
  expect(trailers).toHaveLength(4);
});

test('a second run finds everything there, and commits nothing', async () => {
  const sandbox = deployPlatform();
  await deploy(sandbox);
  const { exitCode, stdout } = await deploy(sandbox, [], { answer: 'not asked' });
  expect(exitCode).toBe(0);
  expect(stdout.match(/already there/g)).toHaveLength(6);
  expect(sandbox.remoteLog()).toEqual(ended);
});

test('--dry-run prints the steps and does none of them', async () => {
  const sandbox = deployPlatform();
  const before = sandbox.mine();
  const { exitCode, stdout } = await deploy(sandbox, ['--dry-run', '--format', 'json']);
  expect(exitCode).toBe(0);
  const plan = JSON.parse(stdout) as { steps: { state: string }[] };
  expect(Object.keys(plan)).toEqual(['version', 'target', 'steps']);
  expect(plan.steps.map(({ state }) => state)).toEqual(['done', 'todo', 'todo', 'todo', 'todo', 'todo']);
  expect(sandbox.mine()).toEqual(before);
  expect(sandbox.remoteLog()).toEqual(['Begin']);
});

test('who says no has changed nothing', async () => {
  const sandbox = deployPlatform();
  const before = sandbox.mine();
  const { exitCode, stdout, stderr } = await deploy(sandbox, [], { answers: ['n'] });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Nothing was changed.\n' });
  expect(stderr).toContain('laptop (a fake), origin/main. Go on?');
  expect(sandbox.mine()).toEqual(before);
});

test('code of a repository that nobody trusts runs on no local cluster', async () => {
  const sandbox = deployPlatform();
  const { exitCode, stderr } = await deploy(sandbox, [], { trusted: false });
  expect([exitCode, sandbox.remoteLog()]).toEqual([2, ['Begin']]);
  expect(stderr).toContain('will run on this machine as you');
  expect(stderr).toContain('Answer with --yes.');
  expect((await deploy(sandbox, ['--yes'], { trusted: false })).exitCode).toBe(0);
});

describe('what is not proven', () => {
  test('is pushed, but no client file points at it', async () => {
    const sandbox = deployPlatform();
    const { exitCode, stdout } = await deploy(sandbox, [], { answer: 'HTTP 401' });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('✗ not proven. Run the same command again after the repair: steps 1 to 5 are kept.');
    expect(sandbox.remoteLog()).toEqual(['Add MCP server weather', 'Begin']);
    expect(sandbox.remoteFile('.mcp.json')).toBeUndefined();

    expect((await deploy(sandbox)).exitCode).toBe(0);
    expect(sandbox.remoteLog()).toEqual(ended);
  });

  test('says what its pods said last', async () => {
    const sandbox = deployPlatform();
    const cluster = fakeCluster(sandbox.remote, (workload) => ({
      ...workload,
      complete: false,
      available: 0,
      pods: workload.pods.map((pod) => ({
        ...pod,
        ready: false,
        containers: [
          { name: 'mcp-server', init: false, state: 'waiting', reason: 'CrashLoopBackOff', exitCode: 1, restarts: 3 },
        ],
        lastLogLines: ['Error: no such city'],
      })),
    }));
    const { exitCode, stdout } = await deploy(sandbox, [], { cluster });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('CrashLoopBackOff (exit code 1, 3 restarts)');
    expect(stdout).toContain('Error: no such city');
    expect(stdout).toContain('Take it back: berth deploy weather --revert');
    expect(stdout).toContain('steps 1 to 3 are kept');
  });
});

describe('what would break on the cluster ends with 2, and nothing is written', () => {
  test.each<[string, (sandbox: Sandbox) => void, string, string]>([
    [
      'broken YAML',
      ({ write }) => write(manifestFile, weatherManifest().replace('replicas: 1', 'replicas: [1')),
      'MANIFEST_UNREADABLE',
      `${manifestFile}:`,
    ],
    [
      'a stale code hash',
      ({ write }) => write(manifestFile, weatherManifest().replace("': 21'", "': 22'")),
      'CODE_HASH_STALE',
      `${manifestFile}:`,
    ],
    [
      'source that its ConfigMap was not made from',
      ({ write }) => write('servers/servers/weather/server.mjs', 'console.log("other")\n'),
      'CODE_STALE',
      'servers/servers/weather/server.mjs:1:1',
    ],
    [
      'a node port that another Service has',
      (sandbox) => {
        sandbox.colleague({
          'servers/kustomization.yaml': 'resources:\n  - grafana.yaml\n',
          'servers/grafana.yaml':
            'apiVersion: v1\nkind: Service\nmetadata: { name: grafana }\nspec: { ports: [{ port: 80, nodePort: 31103 }] }\n',
        });
        sandbox.write(manifestFile, weatherManifest({ nodePort: 31103 }));
      },
      'NODE_PORT_UNAVAILABLE',
      `${manifestFile}:`,
    ],
    [
      'a kustomization that lists a missing file',
      ({ write }) => write(manifestFile, weatherManifest()),
      'KUSTOMIZE_RESOURCE_MISSING',
      'servers/kustomization.yaml:',
    ],
    ['a server that nobody knows', ({ git }) => git('clean', '-fdq'), 'SERVER_UNKNOWN', ''],
    [
      'a client file that is no JSON',
      (sandbox) => sandbox.colleague({ '.mcp.json': '{' }),
      'CLIENT_CONFIG_INVALID',
      '.mcp.json',
    ],
  ])('%s', async (what, change, code, at) => {
    const sandbox = deployPlatform();
    if (what.includes('missing file')) sandbox.colleague({ 'servers/kustomization.yaml': 'resources: [gone.yaml]\n' });
    change(sandbox);
    const [before, log] = [sandbox.mine(), sandbox.remoteLog()];
    const { exitCode, stdout } = await deploy(sandbox, ['--format', 'json']);
    const { error } = JSON.parse(stdout) as { error: { code: string; at?: string } };
    expect(error.code).toBe(code);
    expect(error.at ?? '').toContain(at);
    expect(exitCode).toBe(2);
    expect(sandbox.mine()).toEqual(before);
    expect(sandbox.remoteLog()).toEqual(log);
  });
});

test('code that the kustomization makes a ConfigMap of goes along', async () => {
  const sandbox = deployPlatform();
  sandbox.colleague({
    'servers/kustomization.yaml': 'resources: []\nconfigMapGenerator: [{ name: notes, files: [notes.txt] }]\n',
    'servers/notes.txt': 'from a colleague\n',
  });
  expect((await deploy(sandbox)).exitCode).toBe(0);
});

test('an entry that leads nowhere any more goes with the proof of what is there', async () => {
  const sandbox = deployPlatform();
  await deploy(sandbox);
  sandbox.write(manifestFile, weatherManifest({ answer: "'temperature: 30'" }));
  const cluster = { ...fakeCluster(sandbox.remote), outsideUrl: () => undefined };
  const { exitCode, stdout } = await deploy(sandbox, [], { cluster });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('out of .mcp.json');
  expect(sandbox.remoteFile('.mcp.json')).not.toContain('weather');
});

describe('--pull-request', () => {
  test('pushes a branch with the entries, waits, and goes on after the merge', async () => {
    const sandbox = deployPlatform();
    const first = await deploy(sandbox, ['--pull-request']);
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toContain('weather waits for merge');
    expect(sandbox.remoteLog()).toEqual(['Begin']);
    expect(sandbox.remoteLog('berth/deploy-weather')).toEqual(['Add MCP server weather', 'Begin']);
    expect(sandbox.remoteFile('.mcp.json', 'berth/deploy-weather')).toContain(url);

    expect((await deploy(sandbox, ['--pull-request'])).stdout).toContain('weather waits for merge');
    expect(sandbox.remoteLog('berth/deploy-weather')).toHaveLength(2);

    sandbox.git('push', '--quiet', 'origin', 'origin/berth/deploy-weather:main');
    const merged = await deploy(sandbox);
    expect(merged.exitCode).toBe(0);
    expect(sandbox.remoteLog()).toEqual(ended);
  });

  test('given again after the merge, leaves the lock to the branch as well', async () => {
    const sandbox = deployPlatform();
    await deploy(sandbox, ['--pull-request']);
    sandbox.git('push', '--quiet', 'origin', 'origin/berth/deploy-weather:main');
    expect((await deploy(sandbox, ['--pull-request'])).exitCode).toBe(0);
    expect(sandbox.remoteLog()).toEqual(['Add MCP server weather', 'Begin']);
    expect(sandbox.remoteLog('berth/deploy-weather')).toEqual(ended);
  });
});

describe('--revert', () => {
  test('takes a first deploy back in one commit, and again does nothing', async () => {
    const sandbox = deployPlatform();
    sandbox.colleague({ '.mcp.json': '{"mcpServers": {"other": {"type": "http", "url": "http://x/mcp"}}}\n' });
    await deploy(sandbox);
    const { exitCode, stdout } = await deploy(sandbox, ['--revert', '--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('weather-mcp is gone from laptop');
    expect(sandbox.remoteLog()[0]).toBe('Take back the deploy of MCP server weather');
    expect(sandbox.git('diff', '--stat', 'HEAD', 'HEAD~3')).toBe('');

    expect((await deploy(sandbox, ['--revert', '--yes'])).exitCode).toBe(0);
    expect(sandbox.remoteLog()).toHaveLength(5);
  });

  test('takes an update back to what was before, lock included', async () => {
    const sandbox = deployPlatform();
    await deploy(sandbox);
    sandbox.write(manifestFile, weatherManifest({ answer: "'temperature: 30'" }));
    await deploy(sandbox);
    expect(sandbox.remoteLog()[1]).toBe('Update MCP server weather');
    const { exitCode, stdout } = await deploy(sandbox, ['--revert', '--yes']);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(sandbox.git('diff', '--stat', 'HEAD', 'HEAD~3')).toBe('');
  });

  test('leaves alone what others did meanwhile', async () => {
    const sandbox = deployPlatform();
    await deploy(sandbox);
    sandbox.colleague({
      'servers/kustomization.yaml': 'resources:\n  - weather-mcp.yaml\n  - other.yaml\n',
      'servers/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\n',
    });
    expect((await deploy(sandbox, ['--revert', '--yes'])).exitCode).toBe(0);
    expect(sandbox.remoteFile('servers/kustomization.yaml')).toBe('resources:\n  - other.yaml\n');
  });

  test('refuses where the same file was changed since', async () => {
    const sandbox = deployPlatform();
    await deploy(sandbox);
    sandbox.colleague({ [manifestFile]: weatherManifest({ answer: "'temperature: 30'" }) });
    const log = sandbox.remoteLog();
    const { exitCode, stderr } = await deploy(sandbox, ['--revert', '--yes']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${manifestFile} was changed on origin/main after the deploy`);
    expect(stderr).toMatch(/git revert [0-9a-f]{12} [0-9a-f]{12}/);
    expect(sandbox.remoteLog()).toEqual(log);
  });
});
