import { expect, test } from 'vitest';
import { readYaml } from '../yaml/read-yaml.ts';
import { withoutDocuments } from './without-documents.ts';

const without = (text: string, ...indexes: number[]): string | undefined =>
  withoutDocuments(readYaml('a.yaml', text), new Set(indexes));

test.each<[string, string, number[], string | undefined]>([
  ['the first', 'a: 1\n---\n# of b\nb: 1\n', [0], '# of b\nb: 1\n'],
  ['the first of a file that begins with a line of its own', '---\na: 1\n---\nb: 1\n', [0], 'b: 1\n'],
  ['the last', 'a: 1\n---\nb: 1\n', [1], 'a: 1\n'],
  ['one in between', 'a: 1\n---\nb: |\n  text\n---\nc: 1 # kept\n', [1], 'a: 1\n---\nc: 1 # kept\n'],
  ['several', 'a: 1\n---\nb: 1\n---\nc: 1\n', [0, 1], 'c: 1\n'],
  ['all', 'a: 1\n---\nb: 1\n', [0, 1], undefined],
])('%s', (_, text, indexes, expected) => {
  expect(without(text, ...indexes)).toBe(expected);
});
