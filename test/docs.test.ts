import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { berthBinary } from './support/bundle-once.ts';
import { consoleSteps, matchesConsole } from './support/console-blocks.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const guides = readdirSync(join(root, 'docs/guides')).map((name) => `docs/guides/${name}`);
const pages = ['README.md', ...guides]
  .map((page) => ({ page, steps: consoleSteps(readFileSync(join(root, page), 'utf8')) }))
  .filter(({ steps }) => steps.length > 0);

test.each(pages)('$page does what it shows, in an empty folder', { timeout: 300_000 }, async ({ page, steps }) => {
  const place = emptyPlace();
  try {
    for (const { command, expected, line } of steps) {
      const output = await place.run(command);
      const shown = matchesConsole(expected, output) ? expected : output;
      expect(`${page}:${line} $ ${command}\n${shown}`).toBe(`${page}:${line} $ ${command}\n${expected}`);
    }
  } finally {
    place.remove();
  }
});

/** A folder with `berth` on the PATH and a home of its own; each command starts where the last one ended. */
function emptyPlace() {
  const top = mkdtempSync(join(tmpdir(), 'berth-docs-'));
  const [bin, home] = [join(top, 'bin'), join(top, 'home')];
  let cwd = join(home, 'platform');
  for (const folder of [bin, cwd]) mkdirSync(folder, { recursive: true });
  symlinkSync(berthBinary, join(bin, 'berth'));
  const env = {
    ...process.env,
    PATH: [bin, process.env['PATH']].join(delimiter),
    HOME: home,
    NO_COLOR: '1',
    GIT_AUTHOR_NAME: 'A Reader',
    GIT_AUTHOR_EMAIL: 'reader@example.com',
    GIT_COMMITTER_NAME: 'A Reader',
    GIT_COMMITTER_EMAIL: 'reader@example.com',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  return {
    async run(command: string): Promise<string> {
      const script = `exec 2>&1\n${command}\npwd >&3`;
      const child = spawn('bash', ['-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
      const [output, folder] = await Promise.all([text(child.stdout as Readable), text(child.stdio[3] as Readable)]);
      if (folder.trim() !== '') cwd = folder.trim();
      return output;
    },
    remove: () => rmSync(top, { recursive: true, force: true }),
  };
}
