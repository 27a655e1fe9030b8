import { expect, test } from 'vitest';
import { expandVariables } from './expand-variables.ts';

// The cases of Kubernetes' own test of its expansion.
test.each([
  ['$(VAR_A)', 'A'],
  ['___$(VAR_B)___', '___B___'],
  ['$(VAR_DNE)', '$(VAR_DNE)'],
  ['$$(VAR_A)', '$(VAR_A)'],
  ['$$$(VAR_A)', '$A'],
  ['$$$$(VAR_A)', '$$(VAR_A)'],
  ['$VAR_A', '$VAR_A'],
  ['$(VAR_A', '$(VAR_A'],
  ['foo$', 'foo$'],
  ['$(VAR_A)$(VAR_B)', 'AB'],
  ['\n$(VAR_A)', '\nA'],
  ['$(EMPTY)', ''],
])('%j becomes %j', (text, expanded) => {
  const variables = new Map([
    ['VAR_A', 'A'],
    ['VAR_B', 'B'],
    ['EMPTY', ''],
  ]);
  expect(expandVariables(text, variables)).toBe(expanded);
});
