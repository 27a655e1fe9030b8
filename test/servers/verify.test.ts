import { networkInterfaces } from 'node:os';
import { type TestContext, describe, test } from 'vitest';
import { realProber } from '../../src/effects/probe/real-prober.ts';
import { identifyFault, warningsOf } from '../../src/faults/identify-fault.ts';
import { judge } from '../../src/proof/judge.ts';
import type { Canary } from '../../src/repository/types.ts';
import { atMost } from '../support/at-most.ts';
import { type BrokenServer, brokenServers } from './broken-servers.ts';
import { goodServers } from './good-servers.ts';
import { type RunningServer, type TestServer, canRunPython, startServer } from './start-server.ts';

const pythonHere = canRunPython();
const canary: Canary = { tool: 'forecast', args: { city: 'Oslo' }, mustMatch: 'temperature in Oslo: \\d+' };
const inTurn = atMost(3);
const patience = { timeout: 300_000 };

describe.concurrent('a good server', () => {
  for (const [name, good] of Object.entries(goodServers)) {
    test.skipIf(cannotRun(good.server))(`${name} is proven`, patience, async (context) => {
      const { expect } = context;
      await inTurn(async () => {
        const { port } = await start(good.server, context);
        const observation = await probe(`http://127.0.0.1:${port}${good.path ?? '/mcp'}`, good);
        expect({ ...judge(observation, { canary }), observation }).toMatchObject({
          verdict: 'proven',
          assertion: 'content',
        });
        expect(warningsOf({ observation }).map(({ id }) => id)).toEqual(good.warnings ?? []);
        expect(observation.connected).toMatchObject(good.speaks);
      });
    });
  }
});

describe.concurrent('a broken server', () => {
  for (const [name, broken] of Object.entries(brokenServers)) {
    test.skipIf(cannotRun(broken.server))(`${name}: ${broken.log ?? broken.wire}`, patience, async (context) => {
      const { expect } = context;
      await inTurn(async () => {
        const { observation, running } = await meet(broken, context);
        const judgement = judge(observation, { canary: { ...canary, ...broken.canary } });
        expect(judgement.verdict).not.toBe('proven');
        const named = identifyFault({ observation, judgement });
        expect.soft({ ...named, observation }).toMatchObject({ id: broken.wire });
        const withLog = identifyFault({ observation, judgement, pod: running.pod() });
        expect.soft({ ...withLog, log: running.output() }).toMatchObject({ id: broken.log ?? broken.wire });
      });
    });
  }
});

async function meet(broken: BrokenServer, context: TestContext) {
  const upstream = broken.upstream ? await start({ file: 'node/upstream.mjs' }, context) : undefined;
  const env = { ...broken.server.env, ...(upstream ? { UPSTREAM: `127.0.0.1:${upstream.port}` } : {}) };
  const running = await start({ ...broken.server, env }, context);
  const { port } = running;
  const host = broken.fromOutside ? podAddress() : '127.0.0.1';
  const url = `http://${broken.host ?? `${host}:${port}`}${broken.path ?? '/mcp'}`;
  const observation = await probe(url, { ...broken, ...(broken.host ? { connectTo: { host, port } } : {}) });
  return { running, observation };
}

interface Options {
  headers?: Readonly<Record<string, string>>;
  canary?: Partial<Canary>;
  connectTo?: { host: string; port: number };
  timeoutMilliseconds?: number;
}

async function probe(url: string, { headers = {}, connectTo, timeoutMilliseconds = 30_000, ...options }: Options) {
  return realProber().probe(
    {
      endpoint: { url, headers, ...(connectTo ? { connectTo } : {}) },
      canary: { ...canary, ...options.canary },
      mayPickTool: false,
      timeoutMilliseconds,
      healthPath: '/health',
    },
    AbortSignal.timeout(120_000),
  );
}

async function start(server: TestServer, { onTestFinished }: TestContext): Promise<RunningServer> {
  const running = await startServer(server);
  onTestFinished(async () => running.stop());
  return running;
}

function cannotRun({ file }: TestServer): boolean {
  return file.startsWith('python/') && !pythonHere;
}

/** An address of this machine that is not 127.0.0.1, as a pod's is not. */
function podAddress(): string {
  const outside = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return outside.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.2';
}
