import { expect, test } from 'vitest';
import { runCommand } from '../../test/support/run-command.ts';
import {
  contract,
  ping,
  serveWeather,
  weatherCluster,
  weatherFiles,
  weatherLock,
} from '../../test/support/weather-platform.ts';
import { contractOf } from '../proof/contract-of.ts';
import { lockCommand } from './lock.ts';

const before = contractOf({
  tools: [
    { ...ping, description: 'before' },
    { ...ping, name: 'gone' },
  ],
});
const stale = { ...weatherFiles, 'berth.lock': weatherLock(before) };

test('what was proven last is shown', async () => {
  const { exitCode, stdout } = await runCommand(lockCommand, [], stale);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '  weather  here  aaaaaaa  2 tools\n' });
  expect((await runCommand(lockCommand, [], weatherFiles)).stdout).toContain('Nothing is proven yet');
});

test('a server that is proven as it is now gets its contract into the lock, and nothing else', async () => {
  const { port } = await serveWeather();
  const settings = { cluster: async () => weatherCluster(port) };
  const accepted = await runCommand(lockCommand, ['--accept', 'weather'], stale, settings);
  expect(accepted.exitCode).toBe(0);
  expect(accepted.stdout).toMatchInlineSnapshot(`
    "✓ weather  here  aaaaaaa  accepted, 1 tool
        removed  gone (breaking)
        changed  ping (review)
    "
  `);
  expect(accepted.files.get('berth.lock')).toBe(
    weatherLock(contract).replace('"protocolVersions": []', '"protocolVersions": [\n        "2025-06-18"\n      ]'),
  );
  const again = await runCommand(lockCommand, ['--accept', 'weather'], Object.fromEntries(accepted.files), settings);
  expect(again.stdout).toContain('1 tool, as they were');
  expect(again.files.get('berth.lock')).toBe(accepted.files.get('berth.lock'));
});

test('a server that is not proven leaves the lock as it is', async () => {
  const { port } = await serveWeather();
  const settings = { cluster: async () => weatherCluster(port, { token: 'wrong-and-secret' }) };
  const { exitCode, stdout, files } = await runCommand(lockCommand, ['--accept', 'weather'], stale, settings);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('not accepted: The server does not accept the token');
  expect(files.get('berth.lock')).toBe(stale['berth.lock']);
});

test('a server that was never proven cannot be accepted', async () => {
  const settings = { cluster: async () => weatherCluster(1) };
  const { exitCode, stderr } = await runCommand(lockCommand, ['--accept', 'weather'], weatherFiles, settings);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('berth deploy weather');
});
