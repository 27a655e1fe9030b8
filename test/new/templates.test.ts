import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { esbuildBundler } from '../../src/effects/bundler/esbuild-bundler.ts';
import { findUv } from '../../src/effects/python/find-uv.ts';
import { realPython } from '../../src/effects/python/real-python.ts';
import { deployment } from '../../src/scaffold/deployment.ts';
import type { NewServer, ServerCode } from '../../src/scaffold/new-server.ts';
import { pythonCode } from '../../src/scaffold/python-code.ts';
import { pythonRequirements, pythonTemplate } from '../../src/scaffold/python-template.ts';
import { typescriptCode } from '../../src/scaffold/typescript-code.ts';
import { typescriptTemplate } from '../../src/scaffold/typescript-template.ts';
import { runPod } from '../support/run-container.ts';

const { signal } = new AbortController();
const images = { python: 'python:3.11-slim', node: 'node:22-slim', init: 'uv:python3.11' };
const token = 'token-of-this-test';

const uv = await findUv();
if (uv === undefined && process.env['CI'] === 'true') throw new Error('The Python template needs uv to run');
if (uv === undefined) process.stderr.write('\nNOT TESTED: the Python template, because there is no uv here.\n\n');

describe.each([undefined, 'MCP_TOKEN'])('the TypeScript template (token: %s)', (tokenKey) => {
  test('is bundled, starts, and speaks both eras of the protocol', { timeout: 300_000 }, async () => {
    const root = mkdtempSync(join(tmpdir(), 'berth-template-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const files = new Map(Object.entries(typescriptTemplate('weather', tokenKey)));
    const project = {
      files,
      entry: 'server.ts',
      folder: 'servers/weather',
      shown: 'weather',
      add: [],
      nodeVersion: '20',
    };
    const bundle = await esbuildBundler(root).bundle(project, signal);
    await bundle.discard();
    const code = typescriptCode(bundle, images, 'servers/weather');
    const { url, stop } = await start(code, tokenKey, { node: [process.execPath] });
    await expectEras(url, tokenKey);
    expect(await stop()).toBe(0);
  });
});

describe.skipIf(uv === undefined).each([undefined, 'MCP_TOKEN'])('the Python template (token: %s)', (tokenKey) => {
  test('starts with its pinned packages and speaks both eras of the protocol', { timeout: 600_000 }, async () => {
    const text = await realPython.lockRequirements(pythonRequirements, { pythonVersion: '3.11', signal });
    const source = { program: pythonTemplate('weather', tokenKey), requirements: { text, hashed: true } };
    const { url, stop } = await start(pythonCode(source, images, 'servers/weather'), tokenKey, {
      uv: [uv ?? 'uv'],
      python: [uv ?? 'uv', 'run', '--no-project', '--python=3.11', 'python'],
    });
    await expectEras(url, tokenKey);
    expect(await stop()).not.toBe(1);
  });
});

async function start(code: ServerCode, tokenKey: string | undefined, programs: Record<string, string[]>) {
  if (code.pattern !== 'configmap') throw new Error('not a template');
  const server: NewServer = {
    name: 'weather',
    namespace: 'ai-platform',
    code,
    port: 8080,
    transport: 'streamable-http',
    path: '/mcp',
    healthPath: '/health',
    probeHost: undefined,
    env: {},
    secretKeys: [],
    tokenKey,
    replicas: 1,
    resources: { requests: { memory: '128Mi', cpu: '50m' }, limits: { memory: '256Mi', cpu: '250m' } },
    exposure: { kind: 'clusterip' },
    description: undefined,
    canary: undefined,
    writable: [],
    egress: [],
    clusterRole: undefined,
    secrets: { provider: 'plain' },
  };
  const { containers, initContainers = [] } = deployment(server).spec.template.spec as unknown as {
    containers: { command: string[] }[];
    initContainers?: { command: string[] }[];
  };
  // This machine's Python may be another one than the image's.
  const pinned = initContainers.map((container) => ({
    ...container,
    command: [...container.command, '--python=3.11'],
  }));
  return runPod({
    containers,
    initContainers: pinned,
    files: code.content.data,
    binaryFiles: code.content.binaryData,
    secrets: { MCP_TOKEN: token },
    programs,
  });
}

async function expectEras(url: string, tokenKey: string | undefined): Promise<void> {
  for (const mode of ['auto', 'legacy'] as const) {
    const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
    const auth = tokenKey === undefined ? {} : { authProvider: { token: async () => token } };
    await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), auth));
    expect(client.getProtocolEra()).toBe(mode === 'auto' ? 'modern' : 'legacy');
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['greet']);
    const answer = await client.callTool({ name: 'greet', arguments: { name: 'berth' } });
    expect(answer.content).toMatchObject([{ type: 'text', text: 'Hello, berth!' }]);
    await client.close();
  }
  if (tokenKey === undefined) return;
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  for (const authorization of [undefined, 'Bearer wrong']) {
    const sent = authorization === undefined ? headers : { ...headers, authorization };
    const { status } = await fetch(`${url}/mcp`, { method: 'POST', headers: sent, body });
    expect(status).toBe(401);
  }
}
