import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { git } from '../support/git-sandbox.ts';
import { berth, processesOf } from '../support/run-berth.ts';
import { type SharedPlatform, sharedPlatform } from '../support/shared-platform.ts';

/** Every step boundary, and the middle of everything that is written: files, commits, pushes, the user's branch. */
const points = [
  ...[1, 2, 3, 4, 5, 6].map((step) => `step-${step}`),
  'write-middle',
  'write-before-rename',
  'write-after-rename',
  ...['worktree-added', 'commit-staged', 'committed', 'pushing', 'pushed'].flatMap((point) => [point, `${point}:2`]),
  ...['fast-forward-index', 'fast-forward-files', 'fast-forward-ref'].flatMap((point) => [point, `${point}:2`]),
  'proven',
  'carried-out',
];

let platform: SharedPlatform;
let undisturbed: { tree: string; log: string[] };

beforeAll(async () => {
  platform = await sharedPlatform();
  await berth(platform.work, ['deploy', 'weather']);
  undisturbed = outcome();
});
afterAll(async () => platform.close());
beforeEach(() => platform.reset());

const outcome = () => ({ tree: git(platform.remote, 'rev-parse', 'main^{tree}'), log: platform.remoteLog() });

/** Processes that are not the cluster's: a deploy, or a Git that it began. */
const orphans = () =>
  (processesOf(platform.folder) ?? []).filter(({ command }) => /\bgit\b|main\.js deploy/.test(command));

/** What Git keeps for a deploy while it runs. */
const leftovers = () =>
  ['berth', 'worktrees'].flatMap((name) => {
    const folder = join(platform.work, '.git', name);
    return existsSync(folder) ? readdirSync(folder) : [];
  });

/** Dies at the point, runs again, and says how everything stands then. */
async function killedAndAgain(killAt: string) {
  const { work, remote } = platform;
  await berth(work, ['deploy', 'weather'], { killAt });
  await berth(work, ['deploy', 'weather']);
  const isHere = platform.git('rev-parse', 'HEAD') === git(remote, 'rev-parse', 'main');
  return { ...outcome(), isHere, status: platform.git('status', '--porcelain'), left: [...orphans(), ...leftovers()] };
}

describe('killed, then run again: as if nothing had happened', () => {
  test.each(points)('%s', { timeout: 90_000 }, async (killAt) => {
    expect(await killedAndAgain(killAt)).toEqual({ ...undisturbed, isHere: true, status: '', left: [] });
  });

  // Commits are the same every time; so that there is something to roll out, the cluster begins with nothing.
  test.each(['step-3', 'rolling-out'])('%s, with a cluster that is not up yet', { timeout: 90_000 }, async (killAt) => {
    await berth(platform.work, ['down']);
    expect(await killedAndAgain(killAt)).toEqual({ ...undisturbed, isHere: true, status: '', left: [] });
  });
});

describe('what takes a server away does it by one commit', () => {
  const places = ['committed', 'pushed', 'fast-forward-files', 'confirming'];
  test.each([
    ...places.map((point) => [`remove, killed at ${point}`, ['remove', 'weather', '--yes'], point] as const),
    ...places.map(
      (point) => [`revert, killed at ${point}`, ['deploy', 'weather', '--revert', '--yes'], point] as const,
    ),
  ])('%s', { timeout: 90_000 }, async (_, args, killAt) => {
    await berth(platform.work, ['deploy', 'weather']);
    await berth(platform.work, args, { killAt });
    const { stdout } = await berth(platform.work, args);
    expect(stdout).toContain('weather-mcp is gone from laptop');
    expect(platform.remoteLog()).toHaveLength(4);
    expect(platform.remoteFile('servers/weather-mcp.yaml')).toBeUndefined();
    expect(platform.git('status', '--porcelain')).toBe('');
    expect([...orphans(), ...leftovers()]).toEqual([]);
  });
});
