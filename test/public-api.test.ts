import { expect, test } from 'vitest';
import * as api from '../src/index.ts';

test('the library offers exactly these names: a new one is a promise, a missing one a major release', () => {
  expect(Object.keys(api).toSorted()).toEqual(['BerthError']);
});
