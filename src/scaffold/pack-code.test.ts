import { createHash } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { packBundle, packFiles } from './pack-code.ts';

/** Text that no compression makes smaller than two thirds. */
const dense = (bytes: number): string => {
  let text = '';
  for (let block = 0; text.length < bytes; block += 1) {
    text += createHash('sha512').update(String(block)).digest('base64');
  }
  return text.slice(0, bytes);
};
const inputs = [
  { file: 'server.ts', bytes: 2_000 },
  { file: 'node_modules/large/index.js', bytes: 1_900_000 },
];

describe('a bundle', () => {
  test('that every client can apply stays as it is', () => {
    const text = 'console.log(1);\n'.repeat(1000);
    expect(packBundle('server.mjs', text, [])).toEqual({
      data: { 'server.mjs': text },
      binaryData: {},
      serverSideApply: false,
    });
  });
  test('that is too large for a client-side apply is compressed', () => {
    const text = 'console.log("a line of code");\n'.repeat(20_000);
    const packed = packBundle('server.mjs', text, []);
    expect(packed.data).toEqual({});
    expect(packed.serverSideApply).toBe(false);
    const compressed = Buffer.from(packed.binaryData['server.mjs.br'] ?? '', 'base64');
    expect(brotliDecompressSync(compressed).toString()).toBe(text);
  });
  test('that is too large even so is marked for a server-side apply', () => {
    expect(packBundle('server.mjs', dense(600_000), []).serverSideApply).toBe(true);
  });
  test('that fits nowhere is refused, and what makes it large is named', () => {
    expect(() => packBundle('server.mjs', dense(1_900_000), inputs)).toThrow(
      expect.objectContaining({
        code: 'CODE_TOO_LARGE',
        hint: expect.stringContaining('node_modules/large/index.js (1856 KiB), server.ts (2 KiB)'),
      }),
    );
  });
});

describe('files', () => {
  test.each([
    ['small ones', 100_000, false],
    ['those that only a server-side apply takes', 300_000, true],
  ])('%s', (_, bytes, serverSideApply) => {
    const text = 'a'.repeat(bytes);
    expect(packFiles({ 'server.py': text })).toEqual({ data: { 'server.py': text }, binaryData: {}, serverSideApply });
  });
  test('of more than 1 MiB are refused', () => {
    expect(() => packFiles({ 'server.py': 'ä'.repeat(600_000) })).toThrow('1172 KiB');
  });
});
