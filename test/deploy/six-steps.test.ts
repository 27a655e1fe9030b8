import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startBerth } from '../support/berth-process.ts';
import { manifestFile } from '../support/deploy-platform.ts';
import { berth, processesOf } from '../support/run-berth.ts';
import { type SharedPlatform, sharedPlatform } from '../support/shared-platform.ts';
import { weatherManifest } from '../support/weather-server.ts';

let platform: SharedPlatform;
beforeAll(async () => {
  platform = await sharedPlatform();
});
afterAll(async () => platform.close());
beforeEach(() => platform.reset());

/** What any client would do: one request, no berth in between. */
async function forecast(url: string): Promise<string> {
  const params = { name: 'forecast', arguments: { city: 'Oslo' } };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  });
  return response.text();
}

test('from a manifest to an answer, to another answer, and away again', { timeout: 180_000 }, async () => {
  const { work, url } = platform;
  const first = await berth(work, ['deploy', 'weather']);
  expect(first.stdout).toContain('✓ weather is proven on laptop.');
  expect(await forecast(url)).toContain('temperature in Oslo: 21');
  expect(JSON.parse(platform.read('.mcp.json')).mcpServers.weather).toEqual({
    type: 'http',
    url,
    description: 'Weather everywhere',
  });
  expect(platform.git('status', '--porcelain')).toBe('');

  platform.write(manifestFile, weatherManifest({ answer: "'temperature in ' + city + ': 30'" }));
  await berth(work, ['deploy', 'weather']);
  expect(await forecast(url)).toContain('temperature in Oslo: 30');

  await berth(work, ['deploy', 'weather', '--revert', '--yes']);
  expect(await forecast(url)).toContain('temperature in Oslo: 21');

  const gone = await berth(work, ['remove', 'weather', '--yes']);
  expect(gone.stdout).toContain('weather-mcp is gone from laptop');
  expect(platform.read('servers/kustomization.yaml')).toBe('resources: []\n');

  await berth(work, ['down']);
  expect(processesOf(platform.folder) ?? []).toEqual([]);
});

test('what answers wrongly is not proven, and no client file points at it', { timeout: 120_000 }, async () => {
  const { work } = platform;
  platform.write(manifestFile, weatherManifest({ answer: "'HTTP 401'" }));
  const broken = await berth(work, ['deploy', 'weather'], { exits: 1 });
  expect(broken.stdout).toContain('✗ not proven.');
  expect(platform.remoteLog()).toEqual(['Add MCP server weather', 'Begin']);

  platform.write(manifestFile, weatherManifest());
  await berth(work, ['deploy', 'weather']);
  expect(platform.remoteLog()).toHaveLength(4);
});

test('pods of the code before are not taken for the new one', { timeout: 120_000 }, async () => {
  const { work, url } = platform;
  await berth(work, ['deploy', 'weather']);
  const neverReady = weatherManifest({ answer: "'temperature in ' + city + ': 30'" }).replace('/health,', '/never,');
  platform.write(manifestFile, neverReady);
  const deployed = await berth(work, ['deploy', 'weather', '--timeout', '10', '--format', 'json'], { exits: 1 });
  expect(JSON.parse(deployed.stdout)).toMatchObject({ outcome: 'not-proven', proofs: [] });
  expect(platform.remoteLog()[0]).toBe('Update MCP server weather');

  expect(await forecast(url)).toContain('temperature in Oslo: 21');
  const verified = await berth(work, ['verify', 'weather', '--format', 'json'], { exits: 1 });
  expect(JSON.parse(verified.stdout).servers).toMatchObject([
    { verdict: 'failed', tools: ['forecast'], fault: { id: 'old-code-served' } },
  ]);

  platform.write(manifestFile, neverReady.replace('/never,', '/health,'));
  await berth(work, ['deploy', 'weather']);
  expect(await forecast(url)).toContain('temperature in Oslo: 30');
});

test('a server that cannot start says why', { timeout: 120_000 }, async () => {
  platform.write(
    manifestFile,
    weatherManifest().replace("import { createServer } from 'node:http'", "import 'no-such-package'"),
  );
  const stale = await berth(platform.work, ['deploy', 'weather'], { exits: 2 });
  expect(stale.stderr).toContain('CODE_HASH_STALE');

  platform.write(manifestFile, weatherManifest({ answer: '(await import("no-such-package")).default' }));
  const crashing = await berth(platform.work, ['deploy', 'weather', '--timeout', '90'], { exits: 1 });
  expect(crashing.stdout).toContain('Take it back: berth deploy weather --revert');
});

test('Ctrl-C ends the waiting, and the same command goes on from there', { timeout: 120_000 }, async () => {
  platform.write(manifestFile, weatherManifest().replace('path: /health', 'path: /never'));
  const waiting = startBerth(platform.work, ['deploy', 'weather']);
  await waiting.until('3 push');
  waiting.kill('SIGINT');
  expect(await waiting.ended).toBe(130);
  expect(waiting.output()).toContain('The same command goes on from here.');

  platform.write(manifestFile, weatherManifest());
  await berth(platform.work, ['deploy', 'weather']);
  expect(platform.remoteLog()).toHaveLength(4);
});
