import { expect, test } from 'vitest';
import { SecretMask } from './mask-secrets.ts';

function masked(values: readonly string[], chunks: readonly string[]): string {
  const mask = new SecretMask(values);
  return chunks.map((chunk) => mask.push(chunk)).join('') + mask.end();
}

test.each([
  ['whole', ['s3cr3t-token'], ['a s3cr3t-token b'], 'a *** b'],
  ['cut in two', ['s3cr3t-token'], ['a s3cr', '3t-token b'], 'a *** b'],
  ['byte by byte', ['s3cr3t-token'], 'a s3cr3t-token b'.split(''), 'a *** b'],
  ['only its beginning', ['s3cr3t-token'], ['a s3cr3', 't-other'], 'a s3cr3t-other'],
  ['its beginning at the end', ['s3cr3t-token'], ['a s3cr3'], 'a s3cr3'],
  ['one within another', ['abcdef', 'abcdefgh'], ['abcdefgh abcdef'], '*** ***'],
  ['in a URL', ['p@ss word'], ['?k=p%40ss%20word'], '?k=***'],
  ['of several lines', ['line one\nline two'], ['x line two\n'], 'x ***\n'],
  ['too short to be one', ['1', 'true'], ['1 is true'], '1 is true'],
])('%s', (_, values, chunks, text) => {
  expect(masked(values, chunks)).toBe(text);
});
