import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineForTests } from '../../../../../test/support/container-engine.ts';
import { haveNodeImage, nodeImage } from '../../../../../test/support/node-image.ts';
import type { ContainerEngine, ContainerSpec } from './container-engine.ts';
import { findContainerEngine } from './find-container-engine.ts';

const found = await engineForTests();
const some = found as ContainerEngine;
const { signal } = new AbortController();
const image = nodeImage;
const label = 'mcp-berth.dev/test';
const folder = mkdtempSync(join(tmpdir(), 'berth-container-'));

const server = `
const { createServer } = require('node:http');
createServer((request, response) => {
  response.end(JSON.stringify({ env: process.env[request.url.slice(1)] ?? null, argv: process.argv.slice(2), cwd: process.cwd() }));
}).listen(8080, '0.0.0.0', () => console.log('listening'));
process.on('SIGTERM', () => { console.error('bye'); process.exit(7); });
`;

describe.skipIf(!found)('containers', () => {
  let count = 0;
  const spec = (rest: Partial<ContainerSpec> = {}): ContainerSpec => ({
    name: `berth-test-${process.pid}-${(count += 1)}`,
    image,
    labels: { [label]: String(process.pid) },
    env: {},
    mounts: [{ source: folder, target: '/app', readOnly: true }],
    publish: [{ containerPort: 8080 }],
    args: ['/app/server.cjs'],
    ...rest,
  });

  beforeAll(async () => {
    writeFileSync(join(folder, 'server.cjs'), server);
    await haveNodeImage(some, signal);
  });
  afterAll(async () => {
    for (const { id } of await some.list({ key: label, value: String(process.pid) }, signal)) await some.remove(id);
    rmSync(folder, { recursive: true, force: true });
  });

  test('answer on a port of 127.0.0.1, with what they were given', async () => {
    const secret = 's3cr3t\nof two "lines"';
    const env = { TOKEN: secret, PATH: '/nowhere:/usr/bin', HOME: '/tmp/home' };
    const id = await some.start(
      spec({ env, workingDir: '/app', args: ['/app/server.cjs', 'one', 'two words'] }),
      signal,
    );
    const port = await portOf(some, id);
    expect(await ask(port, 'TOKEN')).toEqual({ env: secret, argv: ['one', 'two words'], cwd: '/app' });
    expect(await ask(port, 'PATH')).toMatchObject({ env: '/nowhere:/usr/bin' });
    expect(await ask(port, 'HOME')).toMatchObject({ env: '/tmp/home' });
  });

  test('are found by their label, stop with their grace, and keep what they said', async () => {
    const id = await some.start(spec({ labels: { [label]: String(process.pid), own: 'x' } }), signal);
    await portOf(some, id);
    expect((await some.list({ key: 'own', value: 'x' }, signal)).map((state) => state.id)).toEqual([id]);
    await some.stop(id, 5);
    expect(await some.inspect([id], signal)).toMatchObject([{ status: 'exited', exitCode: 7, outOfMemory: false }]);
    const lines = [];
    for await (const line of some.logs(id, { follow: false, signal })) lines.push(line);
    expect(lines.toSorted()).toEqual(['bye', 'listening']);
    await some.remove(id);
    await some.remove(id);
    expect(await some.inspect([id], signal)).toEqual([]);
  });

  test('share the network of another, and run commands for probes', async () => {
    const id = await some.start(spec(), signal);
    await portOf(some, id);
    const script = `fetch('http://127.0.0.1:8080/X').then((r) => r.text()).then((t) => process.exit(t.includes('env') ? 0 : 1))`;
    const beside = await some.start(spec({ args: ['-e', script], publish: [], networkOf: id }), signal);
    expect(await some.wait(beside, signal)).toBe(0);
    expect(await some.exec(id, ['/usr/bin/node', '-p', '1 + 1'], signal)).toEqual({ exitCode: 0, output: '2\n' });
    expect((await some.exec(id, ['/usr/bin/node', '-e', 'process.exit(3)'], signal)).exitCode).toBe(3);
  });

  test('may replace the entrypoint', async () => {
    const id = await some.start(spec({ command: ['/usr/bin/node', '-e', 'process.exit(5)'], args: [] }), signal);
    expect(await some.wait(id, signal)).toBe(5);
  });

  test('are followed until nobody listens any more', async () => {
    const id = await some.start(spec({ args: ['-e', 'setInterval(() => console.log("tick"), 50)'] }), signal);
    const abort = new AbortController();
    const lines = [];
    for await (const line of some.logs(id, { follow: true, signal: abort.signal })) {
      lines.push(line);
      if (lines.length === 3) abort.abort();
    }
    expect(lines.slice(0, 3)).toEqual(['tick', 'tick', 'tick']);
    await some.stop(id, 0);
  });

  test('that cannot be started leave nothing behind', async () => {
    const broken = spec({ command: ['/none'], args: [] });
    await expect(some.start(broken, signal)).rejects.toMatchObject({ code: 'CONTAINER_ENGINE_FAILED' });
    expect(await some.inspect([broken.name], signal)).toEqual([]);
    await expect(some.start(spec({ image: 'localhost/none:1' }), signal)).rejects.toMatchObject({
      code: 'CONTAINER_ENGINE_FAILED',
    });
  });

  test('do not show their secrets among arguments', async () => {
    const id = await some.start(spec({ env: { TOKEN: 'very-secret-value' } }), signal);
    const lines = execFileSync('ps', ['-eo', 'args', '-ww'], { encoding: 'utf8' });
    expect(lines).toContain(id);
    expect(lines).not.toContain('very-secret-value');
    await some.stop(id, 0);
  });

  test('know what an image says about itself', async () => {
    expect(await some.image(image, signal)).toMatchObject({
      entrypoint: ['/usr/bin/node'],
      user: '',
      workingDir: '/',
    });
    expect(await some.image('localhost/none:1', signal)).toBeUndefined();
    await expect(some.pull('localhost:1/none:1', signal)).rejects.toMatchObject({ code: 'IMAGE_UNAVAILABLE' });
  });
});

test('an engine that is not there is none', async () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    expect(await findContainerEngine({}, signal)).toBeUndefined();
  } finally {
    process.env['PATH'] = path;
  }
});

async function portOf(engine: ContainerEngine, id: string): Promise<number> {
  for await (const line of engine.logs(id, { follow: true, signal })) if (line === 'listening') break;
  const [state] = await engine.inspect([id], signal);
  const port = state?.ports.get(8080);
  if (port === undefined) throw new Error(`no port: ${JSON.stringify(state)}`);
  return port;
}

async function ask(port: number, name: string): Promise<unknown> {
  return (await fetch(`http://127.0.0.1:${port}/${name}`)).json();
}
