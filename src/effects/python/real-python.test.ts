import { describe, expect, test } from 'vitest';
import { BerthError } from '../../errors.ts';
import { findUv } from './find-uv.ts';
import { realPython } from './real-python.ts';

const { signal } = new AbortController();
const uv = await findUv();
if (uv === undefined && process.env['CI'] === 'true')
  throw new Error('These tests need uv: https://docs.astral.sh/uv/');
if (uv === undefined)
  process.stderr.write('\nNOT TESTED: locking Python packages needs uv, and there is none here.\n\n');

describe('source', () => {
  test.each([
    ['import os, httpx.auth\nfrom yaml import load\nfrom . import own\n', { imports: ['httpx', 'yaml'] }],
    ['', { imports: [] }],
    ['import os\ndef f(:\n    pass\n', { problem: { line: 2, column: 7, message: 'invalid syntax' } }],
    ['if True:\nprint(1)\n', { problem: { line: 2, column: 1, message: expect.stringContaining('indented block') } }],
    ['x = 1\0\n', { problem: { line: 1, column: 1, message: expect.stringContaining('null bytes') } }],
  ])('%j', async (source, expected) => {
    expect(await realPython.parse(source, signal)).toEqual(expected);
  });
  test('is parsed and never run', async () => {
    expect(await realPython.parse('raise SystemExit(3)\n', signal)).toEqual({ imports: [] });
  });
});

describe.skipIf(uv === undefined)('requirements', () => {
  test('become one version each, with hashes', { timeout: 180_000 }, async () => {
    const locked = await realPython.lockRequirements('uvicorn==0.30.6\n', { pythonVersion: '3.11', signal });
    expect(locked).toMatch(/^uvicorn==0\.30\.6 \\\n {4}--hash=sha256:/m);
    expect(locked).toMatch(/^h11==/m);
  });
  test('that nothing fulfils are named', { timeout: 180_000 }, async () => {
    const error = await realPython
      .lockRequirements('uvicorn==0.30.6\nuvicorn==0.30.5\n', { signal })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BerthError);
    expect(error).toMatchObject({ code: 'PACKAGES_UNAVAILABLE', message: expect.stringContaining('uvicorn==0.30.5') });
  });
});
