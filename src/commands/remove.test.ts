import { expect, test } from 'vitest';
import { deployPlatform } from '../../test/support/deploy-platform.ts';
import { fakeWorld } from '../../test/support/fake-world.ts';
import { type Sandbox, git } from '../../test/support/git-sandbox.ts';
import { runCommand } from '../../test/support/run-command.ts';
import { weatherManifest } from '../../test/support/weather-server.ts';
import { deployCommand } from './deploy.ts';
import { removeCommand } from './remove.ts';

const remove = async (sandbox: Sandbox, args: readonly string[] = ['--yes']) =>
  runCommand(removeCommand, ['weather-mcp', ...args], sandbox.work, fakeWorld(sandbox));

async function deployed(): Promise<Sandbox> {
  const sandbox = deployPlatform();
  sandbox.write('servers/servers/weather/server.ts', 'export {};\n');
  await runCommand(deployCommand, ['weather'], sandbox.work, fakeWorld(sandbox));
  return sandbox;
}

test('the last server goes in one commit, with all that is about it', async () => {
  const sandbox = await deployed();
  const { exitCode, stdout } = await remove(sandbox);
  expect(stdout).toMatch(/^✓ weather is out of origin\/main as [0-9a-f]{7}; weather-mcp is gone from laptop\.$/m);
  expect(exitCode).toBe(0);
  expect(sandbox.remoteLog()).toHaveLength(4);
  expect(git(sandbox.remote, 'ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual([
    '.gitignore',
    '.mcp.json',
    'README.md',
    'berth.lock',
    'berth.yaml',
    'servers/kustomization.yaml',
  ]);
  expect(sandbox.remoteFile('servers/kustomization.yaml')).toBe('resources: []\n');
  expect(sandbox.remoteFile('.mcp.json')).not.toContain('weather');
  expect(sandbox.remoteFile('berth.lock')).not.toContain('weather');
  expect(sandbox.git('status', '--porcelain')).toBe('');
});

test('cut off after the push, the next run confirms it and commits nothing', async () => {
  const sandbox = await deployed();
  await remove(sandbox);
  sandbox.git('reset', '--quiet', '--hard', 'HEAD~1');
  const { exitCode, stdout } = await remove(sandbox);
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
  expect(stdout).toContain('weather was out already; weather-mcp is gone from laptop.');
  expect(sandbox.remoteLog()).toHaveLength(4);
  expect(sandbox.git('rev-parse', 'HEAD')).toBe(git(sandbox.remote, 'rev-parse', 'main'));
});

test('what a shared file says of others stays', async () => {
  const sandbox = deployPlatform();
  const shared = `${weatherManifest()}---\n# Ours too\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n`;
  sandbox.write('servers/weather-mcp.yaml', shared);
  await runCommand(deployCommand, ['weather'], sandbox.work, fakeWorld(sandbox));
  expect((await remove(sandbox)).exitCode).toBe(0);
  expect(sandbox.remoteFile('servers/weather-mcp.yaml')).toBe(shared.slice(shared.indexOf('# Ours too')));
  expect(sandbox.remoteFile('servers/kustomization.yaml')).toContain('weather-mcp.yaml');
});

test('--dry-run names what would go, and nothing goes', async () => {
  const sandbox = await deployed();
  const { stdout } = await remove(sandbox, ['--dry-run', '--format', 'json']);
  const { steps } = JSON.parse(stdout) as { steps: unknown[] };
  expect(steps).toMatchObject([
    {
      do: 'take-out',
      state: 'todo',
      files: ['servers/weather-mcp.yaml', 'servers/servers/weather/server.ts'],
      shared: ['servers/kustomization.yaml', '.mcp.json', 'berth.lock'],
    },
    { do: 'confirm-gone', state: 'todo', workload: 'weather-mcp' },
  ]);
  expect(sandbox.remoteLog()).toHaveLength(3);
});

test('where nobody can be asked, it asks for --yes', async () => {
  const sandbox = await deployed();
  const { exitCode, stderr } = await remove(sandbox, []);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Answer with --yes.');
  expect(sandbox.remoteLog()).toHaveLength(3);
});

test('what was never pushed is not removed', async () => {
  const sandbox = deployPlatform();
  const before = sandbox.mine();
  const { exitCode, stderr } = await remove(sandbox);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('weather was never pushed to origin/main');
  expect(sandbox.mine()).toEqual(before);
});
