import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProcessDriver } from '../../src/effects/cluster/local/process/process-driver.ts';
import { containerOf, filesOf, templateOf } from './pod-parts.ts';

// Starts a container whose process starts another in a session of its own, says both numbers, and waits to be killed.
const [, stateFolder = ''] = process.argv;
const { signal } = new AbortController();
const script = `
import { spawn } from 'node:child_process';
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
console.log('child ' + child.pid);
process.on('SIGPIPE', () => {});
setInterval(() => {}, 1000);`;

async function main(): Promise<void> {
  mkdirSync(stateFolder, { recursive: true });
  const driver = new ProcessDriver({ stateFolder });
  const container = containerOf({ command: ['node', '/app/server.mjs'] });
  const template = templateOf([container], { code: filesOf({ 'server.mjs': script }) });
  const folder = join(stateFolder, 'pods/orphan');
  const pod = { name: 'orphan', namespace: 'ai', workload: 'x-mcp', template, folder, address: '10.244.0.7' };
  await driver.prepare(pod, signal);
  const logFile = join(stateFolder, 'orphan.log');
  writeFileSync(logFile, '');
  const { pid } = await driver.start(pod, container, logFile, signal);
  const timer = setInterval(() => {
    const child = /child (\d+)/.exec(readFileSync(logFile, 'utf8'))?.[1];
    if (child === undefined) return;
    clearInterval(timer);
    process.stdout.write(`${JSON.stringify({ pid, child: Number(child) })}\n`);
    setInterval(() => undefined, 1000);
  }, 20);
}

void main();
