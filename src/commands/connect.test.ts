import { expect, test } from 'vitest';
import { deployPlatform } from '../../test/support/deploy-platform.ts';
import { fakeWorld } from '../../test/support/fake-world.ts';
import type { Sandbox } from '../../test/support/git-sandbox.ts';
import { runCommand } from '../../test/support/run-command.ts';
import { connectCommand } from './connect.ts';
import { deployCommand } from './deploy.ts';

const connect = async (sandbox: Sandbox, ...names: string[]) =>
  runCommand(connectCommand, names, sandbox.work, fakeWorld(sandbox));

test('entries of what was proven come back into the working tree, and into no commit', async () => {
  const sandbox = deployPlatform();
  await runCommand(deployCommand, ['weather'], sandbox.work, fakeWorld(sandbox));
  const written = sandbox.read('.mcp.json');
  sandbox.write('.mcp.json', '{}\n');
  const { exitCode, stdout } = await connect(sandbox);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: '✓ weather  .mcp.json  http://127.0.0.1:3100/weather/mcp\n',
  });
  expect(sandbox.read('.mcp.json')).toBe(written);
  expect(sandbox.remoteLog()).toHaveLength(3);
  expect((await connect(sandbox, 'weather-mcp')).stdout).toContain('already there');
});

test('no client file points at what is not proven', async () => {
  const sandbox = deployPlatform();
  expect(await connect(sandbox)).toMatchObject({ exitCode: 0, stdout: 'Nothing is proven yet: berth deploy <name>\n' });
  const { exitCode, stdout } = await connect(sandbox, 'weather');
  expect({ exitCode, stdout }).toEqual({
    exitCode: 1,
    stdout: '! weather  is not proven. Next: berth deploy weather\n',
  });
  expect(sandbox.git('status', '--porcelain')).toBe('?? servers/weather-mcp.yaml');
});
