import { expect, test } from 'vitest';
import { secretMask } from './secret-mask.ts';

test.each([
  ['as it was sent', ['Bearer abcdefgh'], 'got "Bearer abcdefgh"', 'got "***"'],
  ['without its scheme', ['Bearer abcdefgh'], 'token abcdefgh!', 'token ***!'],
  ['within JSON', ['quote"d-secret'], String.raw`{"t":"quote\"d-secret"}`, '{"t":"***"}'],
  ['within a URL', ['a/b+c/d=='], '?t=a%2Fb%2Bc%2Fd%3D%3D', '?t=***'],
  ['the longer one first', ['secret-of-a', 'secret-of-a-and-b'], 'secret-of-a-and-b', '***'],
  ['but nothing that is too short for a secret', ['1', 'on'], '1 is on', '1 is on'],
])('a value is masked %s', (_, values, text, masked) => {
  expect(secretMask(values)(text)).toBe(masked);
});
