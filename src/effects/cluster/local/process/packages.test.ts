import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { containerOf, filesOf, templateOf } from '../../../../../test/support/pod-parts.ts';
import { podOf, stateFolder } from '../../../../../test/support/pod-place.ts';
import { waitFor } from '../../../../../test/support/wait-for.ts';
import { findUv } from '../../../python/find-uv.ts';
import { canUseNamespaces } from './find-namespaces.ts';
import { ProcessDriver } from './process-driver.ts';

const { signal } = new AbortController();
const namespaces = await canUseNamespaces(signal);
const uv = await findUv();
if (uv === undefined && process.env['CI'] === 'true') throw new Error('The tests of Python packages need uv');
if (uv === undefined) process.stderr.write('\nNOT TESTED: this machine has no uv.\n\n');

const server = `
import idna, os, socket, uvicorn, sys
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": idna.encode("bücher.example") + b" " + sys.modules["uvicorn"].__file__.encode()})
uvicorn.run(app, host="0.0.0.0", port=8080, loop=os.environ.get("LOOP", "auto"))
`;

describe.skipIf(uv === undefined).each([
  ['in namespaces', true],
  ['with rewritten paths', false],
])('Python packages %s', (_, own) => {
  test.skipIf(own && !namespaces)(
    'are installed by the init container, and serve',
    async () => {
      const state = stateFolder();
      const driver = new ProcessDriver({ stateFolder: state, namespaces: own });
      const mounts = [
        { volume: 'code', mountPath: '/app', readOnly: true },
        { volume: 'packages', mountPath: '/packages', readOnly: false },
      ];
      const init = containerOf({
        name: 'install-packages',
        image: 'ghcr.io/astral-sh/uv:python3.11-bookworm-slim',
        command: [
          'uv',
          'pip',
          'install',
          '--target=/packages',
          '--requirement=/app/requirements.txt',
          '--link-mode=copy',
        ],
        env: { HOME: '/tmp', UV_CACHE_DIR: '/tmp/uv' },
        mounts,
        ports: [],
      });
      const main = containerOf({
        image: 'python:3.11-slim',
        command: ['python', '/app/server.py'],
        env: { PYTHONPATH: '/packages' },
        mounts,
      });
      const volumes = {
        code: filesOf({ 'server.py': server, 'requirements.txt': 'uvicorn==0.35.0\nidna==3.10\n' }),
        packages: { kind: 'empty' } as const,
      };
      const pod = await podOf(driver, state, 'pod-1', templateOf([main], volumes, [init]));
      const logFile = join(state, 'pod-1.log');
      const installing = await driver.start(pod, init, logFile, signal);
      expect({ ...(await installing.exited), log: logOf(logFile) }).toMatchObject({ exitCode: 0 });
      const running = await driver.start(pod, main, logFile, signal);
      onTestFinished(() => running.stop(0));
      await waitFor(() => logOf(logFile).includes('Uvicorn running'));
      const answer = await fetch(`http://127.0.0.1:${running.ports.get(8080)}/`);
      const packages = own ? '/packages' : join(pod.folder, 'volumes/packages');
      expect(await answer.text()).toBe(`xn--bcher-kva.example ${packages}/uvicorn/__init__.py`);
    },
    180_000,
  );
});

test('an image is run from its npm package, once installed for all pods', async () => {
  const state = stateFolder();
  const driver = new ProcessDriver({ stateFolder: state });
  const container = containerOf({
    image: 'ghcr.io/someone/everything:1',
    args: ['streamableHttp'],
    env: { PORT: '3001' },
    ports: [3001],
    mounts: [],
    package: { registry: 'npm', name: '@modelcontextprotocol/server-everything', version: '2026.8.31' },
  });
  const answers = ['pod-1', 'pod-2'].map(async (name) => {
    const pod = await podOf(driver, state, name, templateOf([container], {}));
    const logFile = join(state, `${name}.log`);
    const running = await driver.start(pod, container, logFile, signal);
    onTestFinished(() => running.stop(0));
    await waitFor(() => logOf(logFile).includes('port 3001'));
    expect(logOf(logFile)).toContain(
      'berth: ghcr.io/someone/everything:1 is run from its package npm:@modelcontextprotocol/server-everything 2026.8.31\n',
    );
    const body = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    };
    const answer = await fetch(`http://127.0.0.1:${running.ports.get(3001)}/mcp`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text() };
  });
  for (const { status, text } of await Promise.all(answers)) {
    expect(status).toBe(200);
    expect(text).toContain('serverInfo');
  }
}, 180_000);

test('a package that is not there is said so', async () => {
  const state = stateFolder();
  const driver = new ProcessDriver({ stateFolder: state });
  const named = { registry: 'npm', name: '@modelcontextprotocol/server-everything', version: '0.0.0-none' } as const;
  const container = containerOf({ image: 'a/b:1', mounts: [], package: named });
  const pod = await podOf(driver, state, 'pod-1', templateOf([container], {}));
  await expect(driver.start(pod, container, join(state, 'x.log'), signal)).rejects.toMatchObject({
    code: 'PACKAGES_UNAVAILABLE',
  });
}, 120_000);

function logOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
