import { expect, test } from 'vitest';
import { ownChanges } from './own-changes.ts';

const none = undefined;

test.each([
  ['nothing anywhere', none, none, none, 'kept'],
  ['new here', 'a', none, none, 'a'],
  ['changed here', 'b', 'a', 'a', 'b'],
  ['removed here', none, 'a', 'a', 'removed'],
  ['changed there only', 'a', 'a', 'b', 'kept'],
  ['new there only', none, none, 'b', 'kept'],
  ['removed there only', 'a', 'a', none, 'kept'],
  ['changed alike', 'b', 'a', 'b', 'kept'],
  ['changed on both sides', 'b', 'a', 'c', 'conflict'],
  ['new on both sides', 'b', none, 'c', 'conflict'],
  ['changed here, removed there', 'b', 'a', none, 'conflict'],
  ['removed here, changed there', none, 'a', 'b', 'conflict'],
])('%s', (_, mine, base, target, expected) => {
  const { changes, conflicts } = ownChanges([{ file: 'f', mine, base, target }]);
  const [change] = changes;
  const outcome = change ? (change.text ?? 'removed') : 'kept';
  expect(conflicts.length > 0 ? 'conflict' : outcome).toBe(expected);
});
