import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { engineForTests } from '../../../../../test/support/container-engine.ts';
import { haveNodeImage, nodeImage } from '../../../../../test/support/node-image.ts';
import { containerOf, filesOf, templateOf } from '../../../../../test/support/pod-parts.ts';
import { podOf, stateFolder } from '../../../../../test/support/pod-place.ts';
import { waitFor } from '../../../../../test/support/wait-for.ts';
import { LocalDriver } from '../local-driver.ts';
import { ContainerDriver } from './container-driver.ts';
import type { ContainerEngine } from './container-engine.ts';

const { signal } = new AbortController();
const found = await engineForTests();
const engine = found as ContainerEngine;

const server = `
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
console.log('token ' + process.env.TOKEN);
createServer((request, response) => response.end(readFileSync('/data/word', 'utf8'))).listen(8080, '0.0.0.0', () => console.log('listening'));
process.on('SIGTERM', () => { console.log('bye'); process.exit(7); });
`;
const volumes = {
  code: filesOf({
    'server.mjs': server,
    'init.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync('/data/word', 'made');`,
  }),
  data: { kind: 'empty' } as const,
};
const mounts = [
  { volume: 'code', mountPath: '/app', readOnly: true },
  { volume: 'data', mountPath: '/data', readOnly: false },
];
const main = containerOf({
  image: nodeImage,
  args: ['/app/server.mjs'],
  mounts,
  env: { TOKEN: 's3cr3t-value' },
  secretEnv: ['TOKEN'],
  user: '1000:1000',
});
const init = containerOf({ name: 'init', image: nodeImage, args: ['/app/init.mjs'], mounts, ports: [], user: '1000' });

describe.skipIf(!found)('pods in containers', () => {
  beforeAll(async () => haveNodeImage(engine, signal), 120_000);

  test('have their init containers, volumes, ports and probes, and hide their secrets', async () => {
    const state = stateFolder();
    const driver = new ContainerDriver({ engine, stateFolder: state });
    const beside = containerOf({
      name: 'beside',
      image: nodeImage,
      args: [
        '-e',
        `setInterval(() => fetch('http://127.0.0.1:8080').then((r) => r.text()).then(console.log, () => {}), 100)`,
      ],
      mounts: [],
      ports: [],
    });
    const pod = await podOf(driver, state, 'pod-1', templateOf([main, beside], volumes, [init]));
    const logFile = join(state, 'main.log');
    const made = await driver.start(pod, init, join(state, 'init.log'), signal);
    expect(await made.exited).toEqual({ exitCode: 0, outOfMemory: false });
    const running = await driver.start(pod, main, logFile, signal);
    await waitFor(() => logOf(logFile).includes('listening'));
    expect(logOf(logFile)).toBe('token ***\nlistening\n');
    expect(await (await fetch(`http://127.0.0.1:${running.ports.get(8080)}`)).text()).toBe('made');
    expect(await running.exec(['/usr/bin/node', '-p', '6 * 7'], signal)).toEqual({ exitCode: 0, output: '42\n' });

    await driver.start(pod, beside, join(state, 'beside.log'), signal);
    await waitFor(() => logOf(join(state, 'beside.log')).includes('made'));
    await running.stop(10);
    expect(await running.exited).toEqual({ exitCode: 7, outOfMemory: false });
    expect(logOf(logFile)).toContain('bye');
  }, 120_000);

  test('that were left are swept, and only those of this cluster', async () => {
    const [mine, other] = [stateFolder(), stateFolder()];
    const started = [mine, other].map(async (state) => {
      const driver = new ContainerDriver({ engine, stateFolder: state });
      const pod = await podOf(driver, state, 'pod-1', templateOf([main], volumes));
      await driver.start(pod, main, join(state, 'x.log'), signal);
      return driver;
    });
    await Promise.all(started);
    expect(await new ContainerDriver({ engine, stateFolder: mine }).sweep()).toEqual(['pod-1/mcp-server']);
    expect(await new ContainerDriver({ engine, stateFolder: mine }).sweep()).toEqual([]);
    expect(await new ContainerDriver({ engine, stateFolder: other }).sweep()).toEqual(['pod-1/mcp-server']);
  }, 120_000);

  test('are chosen where the image is there, and processes where it cannot be had', async () => {
    const state = stateFolder();
    const driver = new LocalDriver({ stateFolder: state, engine });
    const elsewhere = 'localhost:1/none/node:20';
    const asProcess = containerOf({
      image: elsewhere,
      command: ['node', '-e', 'console.log(process.env.BERTH_CLUSTER !== undefined)'],
    });
    const inContainer = containerOf({
      image: nodeImage,
      args: ['-e', 'console.log(process.env.BERTH_CLUSTER !== undefined)'],
    });
    for (const [name, container, text] of [
      ['process', asProcess, 'true\n'],
      ['container', inContainer, 'false\n'],
    ] as const) {
      const pod = await podOf(driver, state, name, templateOf([container], volumes));
      const running = await driver.start(pod, container, join(state, `${name}.log`), signal);
      await running.exited;
      expect(logOf(join(state, `${name}.log`))).toBe(text);
    }
    const nowhere = await driver.refusal(containerOf({ image: 'localhost:1/none:1' }), signal);
    expect(nowhere).toMatch(/localhost:1\/none:1 cannot be pulled: .*; and as a process: .*mcp-berth\.dev\/package/);
  }, 120_000);
});

test('without podman and Docker pods are processes', async () => {
  const path = process.env['PATH'];
  onTestFinished(() => void (process.env['PATH'] = path));
  process.env['PATH'] = '/nowhere';
  expect((await LocalDriver.open({ stateFolder: stateFolder() }, signal)).kind).toBe('process');
});

function logOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
