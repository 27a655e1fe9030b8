import { expect, test } from 'vitest';
import { readQuantity } from './quantity.ts';

test.each([
  ['256Mi', 268_435_456],
  ['1.5G', 1_500_000_000],
  ['1e3', 1000],
  ['250m', 0.25],
  ['.5Ki', 512],
  [128, 128],
  ['12x', undefined],
  ['', undefined],
  [null, undefined],
])('%s is %s', (text, value) => {
  expect(readQuantity(text)).toBe(value);
});
