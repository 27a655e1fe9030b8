import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundled } from '../../../../../test/support/bundled.ts';
import { containerOf, filesOf, templateOf } from '../../../../../test/support/pod-parts.ts';
import { podOf, stateFolder } from '../../../../../test/support/pod-place.ts';
import { waitFor } from '../../../../../test/support/wait-for.ts';
import type { ContainerPlan, VolumePlan } from '../../../../local/types.ts';
import type { RunningContainer } from '../driver.ts';
import { canUseNamespaces } from './find-namespaces.ts';
import { findPython } from './find-python.ts';
import { ProcessDriver } from './process-driver.ts';
import { processEntry } from './process-table.ts';

const { signal } = new AbortController();
const namespaces = await canUseNamespaces(signal);
const python = await findPython('3.11', signal);
if (process.env['CI'] === 'true' && !python) throw new Error('The tests of processes need Python');
if (!namespaces) process.stderr.write('\nNOT TESTED: this machine allows no namespaces.\n\n');
if (!python) process.stderr.write('\nNOT TESTED: this machine has no Python.\n\n');

const nodeServer = (name: string): string => `
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
const words = readFileSync(new URL('words.txt', import.meta.url), 'utf8');
const server = createServer((request, response) => response.end(JSON.stringify({
  name: '${name}', words, env: process.env[request.url.slice(1)] ?? null, cwd: process.cwd(), address: server.address(),
})));
server.listen(8080, '0.0.0.0', () => console.log('listening on 8080'));
`;

const pythonServer = `
import http.server, json, os, socketserver
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "words.txt")
        self.wfile.write(json.dumps({"name": "python", "words": open(here).read()}).encode())
# Unlike HTTPServer it asks no name server.
server = socketserver.ThreadingTCPServer(("0.0.0.0", 8080), Handler)
print("listening on 8080", flush=True)
server.serve_forever()
`;

interface Started {
  running: RunningContainer;
  folder: string;
  log: () => string;
  ask: (path?: string) => Promise<Record<string, unknown>>;
}

interface Wanted {
  driver: ProcessDriver;
  state: string;
  name: string;
  container: ContainerPlan;
  volumes: Readonly<Record<string, VolumePlan>>;
}

async function start({ driver, state, name, container, volumes }: Wanted): Promise<Started> {
  const pod = await podOf(driver, state, name, templateOf([container], volumes));
  const logFile = join(state, `${name}.log`);
  const running = await driver.start(pod, container, logFile, signal);
  onTestFinished(() => running.stop(0));
  const log = (): string => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  const ask = async (path = ''): Promise<Record<string, unknown>> => {
    const answer = await fetch(`http://127.0.0.1:${running.ports.get(8080)}/${path}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  return { running, folder: pod.folder, log, ask };
}

/** A driver, and a pod of one container that runs a script with Node. */
async function startScript(script: string, changes: Partial<ContainerPlan> = {}, own = namespaces): Promise<Started> {
  const state = stateFolder();
  return start({
    driver: new ProcessDriver({ stateFolder: state, namespaces: own }),
    state,
    name: 'pod-1',
    container: containerOf({ command: ['node', '/app/server.mjs'], ...changes }),
    volumes: { code: filesOf({ 'server.mjs': script, 'words.txt': 'words' }) },
  });
}

describe.each([
  ['in namespaces of their own', true],
  ['with their paths rewritten', false],
])('processes %s', (_, own) => {
  test.skipIf(own && !namespaces)('that all listen on 8080 and read /app run side by side', async () => {
    const state = stateFolder();
    const driver = new ProcessDriver({ stateFolder: state, namespaces: own });
    const one = async (name: string): Promise<Started> =>
      start({
        driver,
        state,
        name,
        container: containerOf({
          command: ['node', '/app/server.mjs'],
          workingDir: '/app',
          env: { FILE: '/app/words.txt' },
        }),
        volumes: { code: filesOf({ 'server.mjs': nodeServer(name), 'words.txt': `words of ${name}` }) },
      });
    const first = await one('first');
    const second = await one('second');
    const third = python
      ? await start({
          driver,
          state,
          name: 'third',
          container: containerOf({ image: 'python:3.11-slim', command: ['/usr/local/bin/python', '/app/server.py'] }),
          volumes: { code: filesOf({ 'server.py': pythonServer, 'words.txt': 'words of third' }) },
        })
      : undefined;
    for (const each of [first, second, third]) {
      if (each) await waitFor(() => each.log().includes('listening'), each.log);
    }
    expect(await first.ask('FILE')).toMatchObject({
      name: 'first',
      words: 'words of first',
      env: own ? '/app/words.txt' : join(first.folder, 'volumes/code/words.txt'),
      cwd: own ? '/app' : join(first.folder, 'volumes/code'),
      address: { address: '0.0.0.0', port: 8080 },
    });
    expect(await second.ask()).toMatchObject({ name: 'second', words: 'words of second' });
    expect(await third?.ask()).toEqual(python && { name: 'python', words: 'words of third' });
    await expect(fetch('http://127.0.0.1:8080')).rejects.toThrow('fetch failed');
  });

  test.skipIf(own && !namespaces)('have the environment of their manifest and no other', async () => {
    process.env['BERTH_TEST_LEAK'] = 'leaked';
    onTestFinished(() => void delete process.env['BERTH_TEST_LEAK']);
    const script = 'console.log(JSON.stringify(Object.keys(process.env).toSorted()))';
    const { running, log } = await startScript(script, { env: { OWN: 'x' } }, own);
    await running.exited;
    expect(
      (JSON.parse(log()) as string[]).filter(
        (name) => !/^(BERTH_(CLUSTER|CONTAINER|PORTS)|_|PWD|SHLVL|OLDPWD)$/.test(name),
      ),
    ).toEqual(['HOME', 'HOSTNAME', 'NODE_OPTIONS', 'OWN', 'PATH', 'PYTHONPATH', ...(own ? [] : ['TMPDIR'])]);
  });

  test.skipIf(own && !namespaces)('run commands beside them for probes', async () => {
    const { running, log } = await startScript(nodeServer('probed'), {}, own);
    await waitFor(() => log().includes('listening'));
    const ask = `fetch('http://localhost:8080/').then((r) => r.json()).then((j) => console.log(j.name))`;
    expect(await running.exec(['node', '-e', ask], signal)).toEqual({ exitCode: 0, output: 'probed\n' });
    expect(await running.exec(['sh', '-c', 'exit 3'], signal)).toEqual({ exitCode: 3, output: '' });
  });
});

describe.skipIf(!namespaces)('a root of its own', () => {
  const look = `
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync, statSync } from 'node:fs';
const can = (file) => { try { writeFileSync(file, 'x'); return true; } catch { return false; } };
console.log(JSON.stringify({
  root: readdirSync('/'), home: existsSync(process.argv[2]), app: can('/app/x'), data: can('/data/x'), outside: can('/opt/berth-x'),
  nested: readdirSync('/usr/share/berth-none'), one: statSync('/etc/berth-none/one.txt').isFile(), top: can('/x'), tmp: can('/tmp/x'),
}));`;

  test.each([true, false])(
    'shows what is mounted, hides homes, and writes nothing outside; read-only: %s',
    async (readOnlyRoot) => {
      const state = stateFolder();
      const driver = new ProcessDriver({ stateFolder: state });
      const mounts = [
        { volume: 'code', mountPath: '/app', readOnly: false },
        { volume: 'data', mountPath: '/data', readOnly: false },
        { volume: 'code', mountPath: '/usr/share/berth-none', readOnly: true },
        { volume: 'code', mountPath: '/etc/berth-none/one.txt', subPath: 'one.txt', readOnly: true },
      ];
      const { running, log } = await start({
        driver,
        state,
        name: 'look',
        container: containerOf({ command: ['node', '/app/look.mjs', process.cwd()], mounts, readOnlyRoot }),
        volumes: { code: filesOf({ 'look.mjs': look, 'one.txt': '1' }), data: { kind: 'empty' } },
      });
      await running.exited;
      const seen = JSON.parse(log()) as Record<string, unknown>;
      expect(seen).toMatchObject({
        home: false,
        app: false,
        data: true,
        outside: false,
        nested: ['look.mjs', 'one.txt'],
        one: true,
        top: !readOnlyRoot,
        tmp: true,
      });
      expect(seen['root']).not.toContain('home');
      for (const path of ['/app', '/usr/share/berth-none', '/etc/berth-none', '/opt/berth-x', '/x'])
        expect(existsSync(path)).toBe(false);
    },
  );
});

test('a server that binds loopback only stays unreachable, and its log says why', async () => {
  const { running, log } = await startScript(nodeServer('hidden').replace('0.0.0.0', '127.0.0.1'));
  await waitFor(() => log().includes('listening'));
  expect(log()).toContain('berth: port 8080 is bound to 127.0.0.1: only its own pod can reach it. Bind to 0.0.0.0.');
  await expect(fetch(`http://127.0.0.1:${running.ports.get(8080)}`)).rejects.toThrow('fetch failed');
  const ask = `fetch('http://127.0.0.1:8080').then(() => process.exit(0))`;
  expect((await running.exec(['node', '-e', ask], signal)).exitCode).not.toBe(0);
});

test('secrets do not reach the log, however they are printed', async () => {
  const script = `process.stdout.write('a s3cr3t-'); setTimeout(() => process.stdout.write('value b\\n'), 200);`;
  const { running, log } = await startScript(script, { env: { TOKEN: 's3cr3t-value' }, secretEnv: ['TOKEN'] });
  await running.exited;
  expect(log()).toBe('a *** b\n');
});

test('secret files are for their user only, and gone with the pod', async () => {
  const state = stateFolder();
  const driver = new ProcessDriver({ stateFolder: state });
  const pod = await podOf(driver, state, 'pod-1', templateOf([], { tokens: filesOf({ token: 'x' }, true) }));
  const file = join(pod.folder, 'volumes/tokens/token');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(pod.folder).mode & 0o777).toBe(0o700);
  mkdirSync(join(pod.folder, 'tmp/kept'), { recursive: true, mode: 0o500 });
  await driver.dispose(pod);
  expect(existsSync(pod.folder)).toBe(false);
});

test('more memory than the limit ends a container as out of memory', async () => {
  const script = 'const all = []; setInterval(() => all.push(Buffer.alloc(16 * 1024 * 1024, 1)), 20);';
  const { running } = await startScript(script, { memoryBytes: 160 * 1024 * 1024 });
  expect(await running.exited).toEqual({ exitCode: 137, signal: 'SIGKILL', outOfMemory: true });
}, 30_000);

test('stopping is graceful, and takes along what was started and left', async () => {
  const script = `
import { spawn } from 'node:child_process';
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
console.log('child ' + child.pid);
process.on('SIGTERM', () => { console.log('bye'); process.exit(7); });
setInterval(() => {}, 1000);`;
  const { running, log } = await startScript(script);
  await waitFor(() => log().includes('child'));
  await running.stop(20);
  expect(await running.exited).toEqual({ exitCode: 7, outOfMemory: false });
  expect(log()).toContain('bye');
  expect(await processEntry(Number(/child (\d+)/.exec(log())?.[1]))).toBeUndefined();
});

test('one that does not listen is killed after its grace', async () => {
  const { running, log } = await startScript(
    `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up');`,
  );
  await waitFor(() => log().includes('up'));
  await running.stop(0.2);
  expect(await running.exited).toMatchObject({ exitCode: 137, outOfMemory: false });
});

test('what nobody can map is named and not started', async () => {
  const driver = new ProcessDriver({ stateFolder: stateFolder() });
  expect(await driver.refusal(containerOf({ image: 'ghcr.io/a/b:1' }), signal)).toContain('mcp-berth.dev/package');
  expect(await driver.refusal(containerOf({ image: 'node:22-slim' }), signal)).toBeUndefined();
  const named = { registry: 'npm', name: 'x', version: '1.0.0' } as const;
  expect(await driver.refusal(containerOf({ image: 'ghcr.io/a/b:1', package: named }), signal)).toBeUndefined();
});

test('what a berth that was killed has left is ended at the next start, and nothing else', async () => {
  const state = stateFolder();
  const killed = spawn(process.execPath, ['--eval', await bundled('test/support/start-and-wait.ts'), state], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  killed.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await waitFor(() => said.includes('\n'));
  const { pid, child } = JSON.parse(said) as { pid: number; child: number };
  killed.kill('SIGKILL');
  await waitFor(() => killed.signalCode !== null);
  const other = await startScript(`setInterval(() => {}, 1000)`);

  expect(await new ProcessDriver({ stateFolder: state }).sweep()).toEqual(
    expect.arrayContaining(['orphan/mcp-server', `process ${child}`]),
  );
  expect([await processEntry(pid), await processEntry(child)]).toEqual([undefined, undefined]);
  expect(await processEntry(other.running.pid ?? 0)).toBeDefined();
  expect(await new ProcessDriver({ stateFolder: state }).sweep()).toEqual([]);
}, 60_000);
