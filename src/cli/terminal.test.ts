import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { findRoot } from './find-root.ts';
import { printable } from './printable.ts';
import { wantsColour } from './style.ts';
import { createTerminal } from './terminal.ts';

const terminalOn = (isTTY: boolean, env: NodeJS.ProcessEnv = {}) => {
  const written: string[] = [];
  const stream = { isTTY, columns: 40, write: (text: string) => written.push(text) };
  const stdin = Object.assign(Readable.from([]), { isTTY });
  return { written, terminal: createTerminal({ stdin, stdout: stream, stderr: stream, env }) };
};

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ TERM: 'dumb' }, true, false],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
])('colours with %j on a terminal (%s): %s', (env, isTTY, coloured) => {
  expect(wantsColour(env, { isTTY })).toBe(coloured);
});

test('progress replaces itself on a terminal and makes room for results', () => {
  vi.useFakeTimers();
  try {
    const { written, terminal } = terminalOn(true);
    terminal.progress('pulling an image with a name that is far too long for this line');
    vi.advanceTimersByTime(2100);
    terminal.print('done');
    expect(written[0]).toBe('\r\x1b[K⠙ pulling an image with a name that is ');
    expect(written.slice(-3)).toEqual([expect.stringMatching(/ 2 s$/), '\r\x1b[K', 'done\n']);
  } finally {
    vi.useRealTimers();
  }
});

test('in a pipe only what lasts is said', () => {
  vi.useFakeTimers();
  try {
    const { written, terminal } = terminalOn(false);
    terminal.progress('quick');
    vi.advanceTimersByTime(500);
    terminal.progress('slow');
    vi.advanceTimersByTime(1500);
    terminal.settle();
    expect(written).toEqual(['slow\n']);
  } finally {
    vi.useRealTimers();
  }
});

test('nobody is asked in CI', () => {
  expect(terminalOn(true).terminal.interactive).toBe(true);
  expect(terminalOn(true, { CI: 'true' }).terminal.interactive).toBe(false);
});

test('what would steer a terminal is removed, colours stay', () => {
  expect(printable('\x1b[31mred\x1b[0m \x1b]0;title\x07\x1b[2J\x9b1m a\tb\r\nc\r\u202Egnp\u0000')).toBe(
    '\x1b[31mred\x1b[0m ]0;title[2J1m a\tb\ncgnp',
  );
});

test('the root is the folder of the nearest berth.yaml, else the Git repository, else here', () => {
  const top = mkdtempSync(join(tmpdir(), 'berth-root-'));
  const deep = join(top, 'git/platform/apps');
  mkdirSync(deep, { recursive: true });
  expect(findRoot(deep)).toBe(deep);
  mkdirSync(join(top, 'git/.git'));
  expect(findRoot(deep)).toBe(join(top, 'git'));
  writeFileSync(join(top, 'git/platform/berth.yaml'), '');
  expect(findRoot(deep)).toBe(join(top, 'git/platform'));
});
