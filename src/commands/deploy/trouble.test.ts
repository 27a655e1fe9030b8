import { expect, test } from 'vitest';
import { deployPlatform, manifestFile } from '../../../test/support/deploy-platform.ts';
import { fakeCluster } from '../../../test/support/fake-cluster.ts';
import { fakeWorld } from '../../../test/support/fake-world.ts';
import { runCommand } from '../../../test/support/run-command.ts';
import { weatherManifest } from '../../../test/support/weather-server.ts';
import { deployCommand } from '../deploy.ts';

test('an answer of the pods of before is no evidence against those that do not come up', async () => {
  const sandbox = deployPlatform();
  await runCommand(deployCommand, ['weather'], sandbox.work, fakeWorld(sandbox));
  sandbox.write(manifestFile, weatherManifest({ answer: 'broken' }));
  const cluster = fakeCluster(sandbox.remote, (workload) => ({
    ...workload,
    complete: false,
    pods: workload.pods.flatMap((pod) => [
      { ...pod, name: 'old', templateHash: 'before' },
      {
        ...pod,
        name: 'new',
        ready: false,
        containers: [
          {
            name: 'mcp-server',
            init: false,
            state: 'waiting' as const,
            reason: 'CrashLoopBackOff',
            lastTermination: { reason: 'Error', exitCode: 1 },
            restarts: 2,
          },
        ],
        lastLogLines: ['SyntaxError: Unexpected token', ''],
      },
    ]),
  }));
  const world = fakeWorld(sandbox, { answer: 'HTTP 401', cluster });
  const { exitCode, stdout } = await runCommand(deployCommand, ['weather'], sandbox.work, world);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('pod new, container mcp-server: CrashLoopBackOff (exit code 1, 2 restarts)');
  expect(stdout).toContain('Known fault: The code does not parse');
  expect(stdout).not.toContain('401');
});
