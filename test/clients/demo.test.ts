import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startBerth } from '../support/berth-process.ts';
import { git } from '../support/git-sandbox.ts';
import { berth, processesOf } from '../support/run-berth.ts';
import { installClaudeCode } from './install-claude-code.ts';

test('three servers are deployed and proven, and a real client connects to each', { timeout: 400_000 }, async () => {
  const top = mkdtempSync(join(tmpdir(), 'berth-demo-test-'));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  const [folder, platform] = [join(top, 'playground'), join(top, 'playground/platform')];

  const { stdout } = await berth(top, ['demo', '--folder', folder, '--keep', '--format', 'json']);
  const result = JSON.parse(stdout) as { servers: { name: string; proof: Record<string, unknown> }[]; left: string[] };
  expect(result.left).toEqual([]);
  expect(result.servers.map(({ name, proof }) => [name, proof['verdict'], proof['assertion']])).toEqual([
    ['units', 'proven', 'content'],
    ['calendar', 'proven', 'content'],
    ['everything', 'proven', 'content'],
  ]);
  expect(git(platform, 'status', '--porcelain')).toBe('');
  expect(git(platform, 'rev-parse', 'HEAD')).toBe(git(join(folder, 'remote.git'), 'rev-parse', 'main'));
  expect(processesOf(folder) ?? []).toEqual([]);

  const up = startBerth(platform, ['up', '--yes']);
  await up.until('3 of 3 up');
  expect(connections(installClaudeCode(), platform)).toEqual({
    units: 'Connected',
    calendar: 'Connected',
    everything: 'Connected',
  });
});

test('without --keep nothing of it stays', { timeout: 200_000 }, async () => {
  const top = mkdtempSync(join(tmpdir(), 'berth-demo-test-'));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  const folder = join(top, 'playground');
  const demo = startBerth(top, ['demo', '--folder', folder]);
  await demo.until('✓ units');
  demo.kill('SIGINT');
  expect(await demo.ended).toBe(130);
  expect(existsSync(folder)).toBe(false);
  expect(processesOf(folder) ?? []).toEqual([]);
});

/** What Claude Code says of each server in the `.mcp.json` of a folder. It asks for no account to check them. */
function connections(claude: string, folder: string): Record<string, string> {
  const home = join(folder, '../home');
  mkdirSync(home);
  const servers = JSON.parse(readFileSync(join(folder, '.mcp.json'), 'utf8')) as { mcpServers: object };
  const project = { hasTrustDialogAccepted: true, enabledMcpjsonServers: Object.keys(servers.mcpServers) };
  const settings = { hasCompletedOnboarding: true, projects: { [folder]: project } };
  writeFileSync(join(home, '.claude.json'), JSON.stringify(settings));
  const env = { PATH: process.env['PATH'], HOME: home, DISABLE_AUTOUPDATER: '1' };
  const listed = execFileSync(claude, ['mcp', 'list'], { cwd: folder, env, encoding: 'utf8', timeout: 120_000 });
  return Object.fromEntries(
    [...listed.matchAll(/^([\w-]+): .* - \W*(.+)$/gm)].map(([, name = '', state = '']) => [name, state.trim()]),
  );
}
