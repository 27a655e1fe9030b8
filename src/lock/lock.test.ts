import { describe, expect, test } from 'vitest';
import type { BerthError } from '../errors.ts';
import { printLock } from './print-lock.ts';
import { readLock } from './read-lock.ts';
import type { LockedServer } from './types.ts';
import { lockedServerOf, withServer } from './with-server.ts';

const hash = `sha256:${'a'.repeat(64)}`;
const weather: LockedServer = {
  revision: 'b'.repeat(40),
  cluster: 'agentic',
  image: 'node:22-slim',
  codeHash: null,
  contract: { tools: { now: hash, forecast: hash }, hash },
  ports: { service: 8080, nodePort: 31117 },
  secretKeys: { 'weather-mcp-secrets': ['TOKEN', 'API_KEY'] },
  clients: { '.mcp.json': 'http://10.20.0.40:31117/mcp' },
  protocolVersions: ['2026-07-28', '2025-11-25'],
};
const none = readLock(undefined);

test('a lock that is printed is read as what it was, and printed the same', () => {
  const text = printLock(withServer(withServer(none, 'weather', weather), 'a', weather));
  expect(printLock(readLock(text))).toBe(text);
  expect(lockedServerOf(readLock(text), 'weather')).toMatchObject({ image: 'node:22-slim' });
  expect(text.endsWith('}\n')).toBe(true);
});

test('the order in which servers were proven leaves no trace', () => {
  const forth = withServer(withServer(none, 'a', weather), 'b', weather);
  const back = withServer(withServer(none, 'b', weather), 'a', weather);
  expect(printLock(forth)).toBe(printLock(back));
  expect(printLock(forth)).toContain('"API_KEY",\n          "TOKEN"');
});

test('a server that is taken out is gone, and no other', () => {
  const both = withServer(withServer(none, 'a', weather), 'b', weather);
  expect(Object.keys(withServer(both, 'a', undefined).servers)).toEqual(['b']);
  expect(withServer(none, 'a', undefined)).toEqual(none);
});

test('names that every object has mean nothing', () => {
  expect(lockedServerOf(none, 'constructor')).toBeUndefined();
});

describe('a lock that cannot be read', () => {
  const good = printLock(withServer(none, 'weather', weather));
  test.each([
    ['an empty file', '', '1:1', /no valid JSON/],
    ['half a file', good.slice(0, 60), '5:8', /no valid JSON/],
    [
      'another version',
      good.replace('"version": 1', '"version": 2'),
      `${good.split('\n').length - 2}:3`,
      /another version/,
    ],
    ['a comment', good.replace('{', '{ // mine'), '1:3', /no valid JSON/],
    ['brackets without end', '['.repeat(1e6), '1:1', /nests too deep/],
    ['both sides of a merge', `<<<<<<< HEAD\n${good}`, '1:1', /both sides of a merge/],
    ['a port out of range', good.replace('31117,', '0,'), '18:9', /servers\.weather\.ports\.nodePort/],
    ['a key that nobody knows', good.replace('"image"', '"picture"'), '3:5', /servers\.weather/],
  ])('%s', (_, text, at, message) => {
    let caught: unknown;
    try {
      readLock(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: 'LOCK_INVALID', message: expect.stringMatching(message) });
    expect((caught as BerthError).at).toBe(`berth.lock:${at}`);
  });
});
