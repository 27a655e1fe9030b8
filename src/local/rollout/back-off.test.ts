import { expect, test } from 'vitest';
import { backOffMilliseconds, durationText, failuresAfter, kubeletBackOff } from './back-off.ts';

test('a container is restarted at once, then after 10 s, doubling to 5 min', () => {
  const seconds = [1, 2, 3, 4, 5, 6, 7, 8, 1000].map((n) => backOffMilliseconds(n, kubeletBackOff) / 1000);
  expect(seconds).toEqual([0, 10, 20, 40, 80, 160, 300, 300, 300]);
});

test('ten minutes of running are a new beginning', () => {
  expect(failuresAfter(5, 599_000, kubeletBackOff)).toBe(6);
  expect(failuresAfter(5, 600_000, kubeletBackOff)).toBe(1);
});

test.each([
  [50, '50ms'],
  [10_000, '10s'],
  [80_000, '1m20s'],
  [300_000, '5m0s'],
])('%d ms are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
