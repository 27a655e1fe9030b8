import { expect, test } from 'vitest';
import { inParallel } from './in-parallel.ts';

test('no more than so many at once, and the results in the order of the items', async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([5, 1, 4, 2, 3], 2, async (item) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < item; turn++) await Promise.resolve();
    running--;
    return item * 10;
  });
  expect({ results, most }).toEqual({ results: [50, 10, 40, 20, 30], most: 2 });
});

const refuseTwo = async (item: number) => (item === 2 ? Promise.reject(new Error('two')) : item);

test('the first failure is the failure of all', async () => {
  await expect(inParallel([1, 2, 3], 2, refuseTwo)).rejects.toThrow('two');
  expect(await inParallel([], 2, refuseTwo)).toEqual([]);
});
