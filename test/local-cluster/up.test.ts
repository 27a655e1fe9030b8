import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { canUseNamespaces } from '../../src/effects/cluster/local/process/find-namespaces.ts';
import { freePort } from '../../src/effects/free-port.ts';
import { berth, emptyConfig, type RunningBerth, startBerth } from '../support/berth-process.ts';
import { gate } from '../support/gate.ts';
import { gitSandbox, type Sandbox } from '../support/git-sandbox.ts';
import { serverManifests, tinyMcpServer } from '../support/tiny-mcp-server.ts';
import { withoutEngines } from '../support/without-engines.ts';

vi.setConfig({ testTimeout: 120_000 });
const namespaces = await canUseNamespaces(new AbortController().signal);
if (!namespaces) process.stderr.write('\nNOT TESTED: this machine allows no namespaces.\n\n');
const patience = { timeout: 60_000, interval: 100 };

interface Platform extends Sandbox {
  port: number;
  up: (...args: string[]) => RunningBerth;
  run: (...args: string[]) => { status: number | null; stdout: string; stderr: string };
  status: () => Status;
  call: (name: string) => Promise<string>;
}

interface Status {
  running: boolean;
  servers: { name: string; complete: boolean; restarts: number; reason?: string; events: string[] }[];
  missing: { key: string }[];
  error?: string;
}

async function platform(files: Record<string, string>, variables: Record<string, string> = {}): Promise<Platform> {
  const port = await freePort();
  const sandbox = gitSandbox({
    'berth.yaml': `apiVersion: mcp-berth.dev/v1\nkind: Platform\nclusters: { local: { kind: local, gatewayPort: ${port}, paths: [k] } }\nservers: { directory: k }\n`,
    '.gitignore': '.berth/state\n.berth/secrets.yaml\n',
    ...files,
  });
  const env = { ...emptyConfig(), ...variables };
  const run = (...args: string[]) => berth(sandbox.work, args, env);
  onTestFinished(() => void run('down'));
  return {
    ...sandbox,
    port,
    run,
    up: (...args) => startBerth(sandbox.work, ['up', '--yes', ...args], env),
    status: () => JSON.parse(run('status', '--format', 'json').stdout) as Status,
    async call(name) {
      const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'greet', arguments: {} } };
      const response = await fetch(`http://127.0.0.1:${port}/${name}/mcp`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
        body: JSON.stringify(message),
      });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      const { result } = (await response.json()) as { result: { content: { text: string }[] } };
      return result.content[0]?.text ?? '';
    },
  };
}

/** Processes of this machine that carry a word in their arguments or their environment. */
function processesWith(word: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return `${readFileSync(`/proc/${pid}/environ`, 'latin1')}${readFileSync(`/proc/${pid}/cmdline`, 'latin1')}`.includes(
          word,
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe.each([
  { roots: 'in roots of their own', own: true, variables: {}, file: "'/app/greeting.txt'" },
  {
    roots: 'with their paths rewritten',
    own: false,
    variables: { BERTH_NAMESPACES: 'off' },
    // No more than what the command says can be rewritten.
    file: 'process.argv[2]',
  },
])('three servers on the same hard-coded port that read /app, $roots,', ({ own, variables, file }) => {
  const code = tinyMcpServer.replace("'/app/greeting.txt'", file);

  test.skipIf(own && !namespaces)('run side by side, are proven, and lose no request in an update of one', async () => {
    const files = {
      'k/alpha.yaml': serverManifests('alpha', { code }),
      'k/beta.yaml': serverManifests('beta', { code }),
      'k/gamma.yaml': serverManifests('gamma', { code, namespace: 'other' }),
    };
    const it = await platform(files, { ...withoutEngines(), ...variables });
    const up = it.up();
    await up.until('3 of 3 up');
    expect(up.output()).toMatch(
      /✓ alpha +node +http:\/\/127\.0\.0\.1:\d+\/alpha\/mcp +1 tool +proven by greet +\d+ ms/,
    );
    expect(up.output().includes('paths that are written in the code itself')).toBe(!own);

    const answers: string[] = [];
    const updated = new AbortController();
    onTestFinished(() => updated.abort());
    const asking = ['alpha', 'beta', 'beta', 'gamma'].map(async (name) => {
      while (!updated.signal.aborted) answers.push(await it.call(name));
    });
    const { url, reached, open } = await gate();
    const slow = `fetch('${url}').then(() => {\n${code.trim()}\n});`;
    it.write('k/beta.yaml', serverManifests('beta', { greeting: 'beta again', code: slow }));
    await Promise.race([reached, ...asking]);
    const before = answers.length;
    await vi.waitFor(
      () => expect(answers.slice(before).filter((answer) => answer === 'beta').length).toBeGreaterThan(20),
      patience,
    );
    expect(answers).not.toContain('beta again');
    open();
    await vi.waitFor(() => expect(answers).toContain('beta again'), patience);
    await vi.waitFor(() => expect(it.status().servers.every(({ complete }) => complete)).toBe(true), patience);
    updated.abort();
    await Promise.all(asking);
    expect([...new Set(answers)].toSorted()).toEqual(['alpha', 'beta', 'beta again', 'gamma']);

    await up.until('not committed: k/beta.yaml');
    up.kill('SIGINT');
    expect(await up.ended).toBe(0);
    expect(it.status().running).toBe(false);
    expect(processesWith(it.work)).toEqual([]);
    expect(it.git('status', '--porcelain')).toBe(' M k/beta.yaml');
  });
});

test('a berth that was killed leaves no orphan once it is started again, and down ends only what is its own', async () => {
  const it = await platform({ 'k/alpha.yaml': serverManifests('alpha') });
  const other = await platform({ 'k/alpha.yaml': serverManifests('alpha') });
  const [first, neighbour] = [it.up(), other.up()];
  await Promise.all([first.until('1 of 1 up'), neighbour.until('1 of 1 up')]);
  const { pid } = JSON.parse(readFileSync(join(it.work, '.berth/state/local/supervisor.json'), 'utf8')) as {
    pid: number;
  };
  const before = processesWith(it.work);
  expect(before.length).toBeGreaterThan(0);
  process.kill(pid, 'SIGKILL');
  first.kill('SIGKILL');
  await first.ended;
  const again = it.up();
  await again.until('1 of 1 up');
  expect(processesWith(it.work).filter((each) => before.includes(each))).toEqual([]);
  const running = processesWith(it.work);
  again.kill('SIGKILL');
  await vi.waitFor(() => expect(processesWith(it.work).filter((each) => running.includes(each))).toEqual([]), patience);
  expect(it.run('down')).toMatchObject({ status: 0, stdout: 'local: nothing was running\n' });
  expect(await other.call('alpha')).toBe('alpha');
});

test('the supervisor alone is killed: down ends what it left', async () => {
  const it = await platform({ 'k/alpha.yaml': serverManifests('alpha') });
  const up = it.up();
  await up.until('1 of 1 up');
  const { pid } = JSON.parse(readFileSync(join(it.work, '.berth/state/local/supervisor.json'), 'utf8')) as {
    pid: number;
  };
  process.kill(pid, 'SIGKILL');
  await up.ended;
  expect(processesWith(join(it.work, '.berth/state')).length).toBeGreaterThan(0);
  const down = it.run('down');
  expect(down).toMatchObject({ status: 0, stdout: expect.stringContaining('stopped') });
  expect(processesWith(join(it.work, '.berth/state'))).toEqual([]);
  expect(it.run('down').stdout).toBe('local: nothing was running\n');
});

describe('what a user is told', () => {
  test('all missing secrets, with the two ways to give them; the server starts once they are there', async () => {
    const container = [
      'env:',
      '  - { name: A, valueFrom: { secretKeyRef: { name: alpha-mcp-secrets, key: API_KEY } } }',
      '  - { name: B, valueFrom: { secretKeyRef: { name: alpha-mcp-secrets, key: OTHER } } }',
    ];
    const it = await platform({ 'k/alpha.yaml': serverManifests('alpha', { container }) });
    const up = it.up();
    await up.until('needs API_KEY (alpha-mcp-secrets), OTHER (alpha-mcp-secrets)');
    await up.until('export BERTH_SECRET_ALPHA_MCP_SECRETS__API_KEY=…');
    expect(it.status().missing.map(({ key }) => key)).toEqual(['API_KEY', 'OTHER']);
    it.write('.berth/secrets.yaml', 'alpha-mcp-secrets: { API_KEY: s3cret-value, OTHER: x }\n');
    await up.until('1 of 1 up');
    expect(up.output()).not.toContain('s3cret-value');
    expect(statSync(join(it.work, '.berth/secrets.yaml')).mode & 0o777).toBe(0o600);
  });

  test('a server that crashes is named with its reason, its logs can be read, and the others run', async () => {
    const it = await platform({
      'k/alpha.yaml': serverManifests('alpha'),
      'k/broken.yaml': serverManifests('broken', { code: `console.log('cannot go on'); process.exit(3)` }),
    });
    const up = it.up();
    await up.until(/✗ broken +node +mcp-server: CrashLoopBackOff \(Error, exit code 3\)\n +cannot go on/);
    await up.until('1 of 2 up. Logs: berth logs broken.');
    expect(it.run('logs', 'broken').stdout).toContain('cannot go on');
    const { status, stdout } = it.run('status');
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringMatching(/✗ broken +0\/1 ready/) });
  });

  test('a server that needs more memory than it may have is OOMKilled', async () => {
    const code = `${tinyMcpServer}\nconst held = []; setInterval(() => held.push(Buffer.alloc(16 * 1024 * 1024, 1)), 20);`;
    const container = ['resources: { limits: { memory: 160Mi } }'];
    const it = await platform({ 'k/alpha.yaml': serverManifests('alpha', { code, container }) });
    it.up();
    await vi.waitFor(() => expect(it.status().servers[0]?.events.join('\n')).toContain('OOMKilled'), patience);
  });

  test('a port that is taken, with who has it', async () => {
    const it = await platform({ 'k/alpha.yaml': serverManifests('alpha') });
    const server = createServer().listen(it.port, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => {
      server.once('listening', resolve);
    });
    const up = it.up('--format', 'json');
    expect(await up.ended).toBe(2);
    expect(up.output()).toContain('"code": "PORT_TAKEN"');
    expect(up.output()).toContain(`(process ${process.pid})`);
  });

  test('code of a repository runs only with consent', async () => {
    const it = await platform({ 'k/alpha.yaml': serverManifests('alpha') });
    const { status, stderr } = it.run('up');
    expect(status).toBe(2);
    expect(stderr).toContain('will run on this machine as you');
    expect(stderr).toContain('--yes');
  });

  test('a server that is not there, with those there are', async () => {
    const it = await platform({ 'k/alpha.yaml': serverManifests('alpha') });
    const { status, stderr } = it.run('up', '--yes', 'alpa');
    expect(status).toBe(2);
    expect(stderr).toContain('alpha');
  });
});

test('restart replaces the pod, logs are followed into the next one', async () => {
  const nodePort = await freePort();
  const it = await platform({ 'k/alpha.yaml': serverManifests('alpha', { nodePort }) });
  await it.up().until('1 of 1 up');
  const logs = startBerth(it.work, ['logs', 'alpha', '-f']);
  await logs.until('serving alpha');
  expect(it.run('restart', 'alpha').status).toBe(0);
  await logs.until(/serving alpha[^]*serving alpha/);
  expect((await fetch(`http://127.0.0.1:${nodePort}/health`)).status).toBe(200);
  logs.kill('SIGINT');
  await logs.ended;
  rmSync(join(it.work, 'k/alpha.yaml'));
  await vi.waitFor(() => expect(it.status().servers).toEqual([]), patience);
});
