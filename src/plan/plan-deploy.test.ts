import { describe, expect, test } from 'vitest';
import { fakeServer } from '../../test/support/fake-server.ts';
import { type Deployment, type Observed, planDeploy } from './plan-deploy.ts';

const server = fakeServer({
  nodePort: 31117,
  codeHash: 'c0de',
  canary: { tool: 'forecast', args: { city: 'Oslo' }, mustMatch: 'temperature' },
});
const deployment: Deployment = {
  server,
  form: {
    namespace: 'ai-platform',
    workload: 'weather-mcp',
    image: 'node:22-slim',
    codeHash: 'c0de',
    service: { name: 'weather-mcp', port: 8080, nodePort: 31117 },
  },
  cluster: 'agentic',
  target: { remote: 'origin', branch: 'main' },
  files: [server.file, 'servers/servers/weather/index.ts'],
  kustomization: 'servers/kustomization.yaml',
  entries: [
    {
      file: '.mcp.json',
      name: 'weather',
      url: 'http://10.20.0.40:31117/mcp',
      transport: 'streamable-http',
      tokenVariable: 'WEATHER_MCP_TOKEN',
    },
  ],
  abandoned: [],
  proofUrl: 'http://weather-mcp.ai-platform.svc.cluster.local:8080/mcp',
  deploy: '0123456789ab',
  timeoutSeconds: 300,
  pullRequest: false,
};
const beginning: Observed = {
  written: true,
  listed: false,
  knownOnTarget: false,
  missingOnTarget: deployment.files,
  revision: undefined,
  rolledOut: false,
  unconnected: ['.mcp.json'],
  locked: false,
};
const pushed: Observed = {
  ...beginning,
  listed: true,
  knownOnTarget: true,
  missingOnTarget: [],
  revision: 'c'.repeat(40),
};
const ended: Observed = { ...pushed, rolledOut: true, unconnected: [], locked: true };

const states = (observed: Observed, changes: Partial<Deployment> = {}): string =>
  planDeploy({ ...deployment, ...changes }, observed)
    .map(({ state }) => (state === 'done' ? 'x' : '.'))
    .join('');

test('the plan of a first deploy', async () => {
  const plan = { version: 1, target: deployment.target, steps: planDeploy(deployment, beginning) };
  await expect(`${JSON.stringify(plan, null, 2)}\n`).toMatchFileSnapshot('../../test/golden/plan-deploy.json');
});

describe('what is true already is done', () => {
  test.each<[string, Observed, string]>([
    ['at the beginning', beginning, 'x.....'],
    ['after the push', pushed, 'xxx...'],
    ['after the rollout', { ...pushed, rolledOut: true }, 'xxxx..'],
    ['at the end', ended, 'xxxxxx'],
    ['with an entry that somebody removed', { ...ended, unconnected: ['.mcp.json'] }, 'xxxx..'],
    ['with pods of another revision', { ...ended, rolledOut: false }, 'xxx.x.'],
    ['with new code that is not pushed', { ...ended, revision: undefined }, 'xx..x.'],
  ])('%s', (_, observed, expected) => {
    expect(states(observed)).toBe(expected);
  });
});

const revisions = (observed: Observed) =>
  planDeploy(deployment, observed).flatMap((step) => ('revision' in step ? [step.revision] : []));

test('a step names the commit once it is there', () => {
  expect(revisions(beginning)).toEqual([{ from: 'commit' }, { from: 'commit' }]);
  expect(revisions(pushed)).toEqual(['c'.repeat(40), 'c'.repeat(40)]);
});

test('a pull request takes the client entries along, and counts as pushed with them only', () => {
  const [, , push] = planDeploy({ ...deployment, pullRequest: true }, beginning);
  expect(push).toMatchObject({ branch: 'berth/deploy-weather', files: [...deployment.files, '.mcp.json'] });
  expect(states(pushed, { pullRequest: true })).toBe('xx....');
});

test('a server without client entries is proven where the cluster itself reaches it', () => {
  const [, , , , connect, prove] = planDeploy({ ...deployment, entries: [] }, { ...beginning, unconnected: [] });
  expect(connect).toMatchObject({ state: 'done', reason: 'weather has no URL that a client file is for' });
  expect(prove).toMatchObject({ urls: [deployment.proofUrl], commit: { files: ['berth.lock'] } });
});
