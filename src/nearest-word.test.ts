import { expect, test } from 'vitest';
import { nearestWord } from './nearest-word.ts';

const commands = ['check', 'completion', 'deploy', 'down', 'logs', 'up'];

test.each([
  ['chekc', 'check'],
  ['Deploy', 'deploy'],
  ['deply', 'deploy'],
  ['completions', 'completion'],
  ['compl', 'completion'],
  ['lgos', 'logs'],
  ['weather', undefined],
  ['x', undefined],
])('%s most likely means %s', (typed, meant) => {
  expect(nearestWord(typed, commands)).toBe(meant);
});
