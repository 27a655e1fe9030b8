// What the local cluster costs beside its servers: memory, CPU while nothing happens, and the time that the gateway
// adds to a tool call, once all three programs have warmed up.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLocalCluster } from '../src/effects/cluster/local/open-local-cluster.ts';
import { freePort } from '../src/effects/free-port.ts';
import { realGit } from '../src/effects/git/real-git.ts';
import { readPlatform } from '../src/platform/read-platform.ts';
import { serverManifests, tinyMcpServer } from '../test/support/tiny-mcp-server.ts';

const aims = { mebibytes: 80, cpuPercent: 0.5, addedMilliseconds: 1 };
const idleSeconds = 30;
const warmUpCalls = 500;
const calls = 2000;
const names = ['alpha', 'beta', 'gamma'];
const { signal } = new AbortController();

const folder = mkdtempSync(join(tmpdir(), 'berth-bench-'));
const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
const gatewayPort = await freePort();
const berthYaml = `apiVersion: mcp-berth.dev/v1\nkind: Platform\nclusters: { local: { kind: local, gatewayPort: ${gatewayPort}, paths: [k] } }\n`;
mkdirSync(join(folder, 'k'));
// Probed as often as Kubernetes does where a manifest says nothing.
for (const name of names) {
  writeFileSync(join(folder, `k/${name}.yaml`), serverManifests(name).replace('periodSeconds: 1', 'periodSeconds: 10'));
}
writeFileSync(
  join(folder, 'direct.cjs'),
  tinyMcpServer.replace("'/app/greeting.txt'", 'process.argv[2]').replace('8080', 'Number(process.argv[3])'),
);
git('init', '--quiet', '--initial-branch=main');
git('add', '--all');
git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '--quiet', '-m', 'Begin');
git('clone', '--quiet', '--bare', '.', 'remote.git');
git('remote', 'add', 'origin', join(folder, 'remote.git'));

const platform = readPlatform(`${berthYaml}git: { remote: origin, branch: main }\n`);
const config = platform.clusters.get('local');
if (config?.kind !== 'local') throw new Error('no local cluster');
const cluster = openLocalCluster({ root: folder, platform, config, git: realGit(folder) });
const directPort = await freePort();
const direct = spawn(process.execPath, ['direct.cjs', 'k/alpha.yaml', String(directPort)], {
  cwd: folder,
  stdio: 'ignore',
});
let missed = false;

try {
  await cluster.refresh(signal);
  let state = await cluster.state(signal);
  while (!state || state.servers.length < names.length || !state.servers.every(({ workload }) => workload.complete)) {
    await sleep(100);
    state = await cluster.state(signal);
  }

  const before = cpuSeconds(state.pid);
  await sleep(idleSeconds * 1000);
  const cpuPercent = ((cpuSeconds(state.pid) - before) / idleSeconds) * 100;
  report('CPU while nothing happens', cpuPercent, '% of a core', aims.cpuPercent);
  report('memory, resident', residentMebibytes(state.pid), 'MiB', aims.mebibytes);

  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const plain: number[] = [];
  const through: number[] = [];
  for (let turn = 0; turn < warmUpCalls; turn += 1) {
    await callTool(agent, directPort, '/mcp');
    await callTool(agent, gatewayPort, '/alpha/mcp');
  }
  for (let turn = 0; turn < calls; turn += 1) {
    plain.push(await callTool(agent, directPort, '/mcp'));
    through.push(await callTool(agent, gatewayPort, '/alpha/mcp'));
  }
  agent.destroy();
  for (const [name, share] of [
    ['median', 0.5],
    ['p99', 0.99],
  ] as const) {
    const [alone, together] = [quantile(plain, share), quantile(through, share)];
    console.log(`tools/call, ${name}: ${alone.toFixed(2)} ms direct, ${together.toFixed(2)} ms through the gateway`);
    report(`added by the gateway, ${name}`, together - alone, 'ms', aims.addedMilliseconds);
  }
} finally {
  direct.kill();
  await cluster.down(signal);
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = missed ? 1 : 0;

function report(what: string, value: number, unit: string, aim: number): void {
  const good = value < aim;
  missed ||= !good;
  console.log(`${good ? '✓' : '✗'} ${what}: ${value.toFixed(2)} ${unit} (aim: below ${aim})`);
}

async function callTool(agent: Agent, port: number, path: string): Promise<number> {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'greet', arguments: {} },
  });
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
      response.resume();
      response.once('end', resolve);
    });
    request.once('error', reject);
    request.end(body);
  });
  return performance.now() - began;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

/** Of the supervisor and of the Git processes that it waited for. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks / 100;
}

function residentMebibytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
