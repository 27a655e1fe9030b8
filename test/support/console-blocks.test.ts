import { expect, test } from 'vitest';
import { consoleSteps, matchesConsole } from './console-blocks.ts';

test('commands and their output are taken from console blocks only', () => {
  const page = '# Page\n\n```console\n$ berth check\nall well\n$ true\n```\n\n```yaml\n$ no: command\n```\n';
  expect(consoleSteps(page)).toEqual([
    { command: 'berth check', expected: 'all well\n', line: 4 },
    { command: 'true', expected: '', line: 6 },
  ]);
});

test.each([
  ['done in 3 s', 'done in … s', true],
  ['a\nb\nc', 'a\n…\nc', true],
  ['a\nc', 'a\n…\nc', true],
  ['a  \nb', 'a\nb', true],
  ['a\nb', 'a', false],
  ['1.5 (x)', '1.5 (x)', true],
  ['125 (x)', '1.5 (x)', false],
  ['a\nb', 'a … b', false],
])('%j against %j: %s', (actual, expected, verdict) => {
  expect(matchesConsole(expected, actual)).toBe(verdict);
});
