import { describe, expect, test } from 'vitest';
import { afterOutcome, begin, httpOutcome, redirectOf } from './probe-progress.ts';

/** `passing` after each outcome: + good, - bad. */
function passing(kind: 'readiness' | 'liveness' | 'startup', outcomes: string, thresholds: [number, number]) {
  const [successThreshold, failureThreshold] = thresholds;
  let progress = begin(kind);
  return outcomes.split('').map((sign) => {
    progress = afterOutcome(progress, { ok: sign === '+' }, { successThreshold, failureThreshold });
    return progress.passing;
  });
}

describe('thresholds', () => {
  test('a container is not ready before as many good outcomes in a row as asked for', () => {
    expect(passing('readiness', '++-++', [2, 1])).toEqual([false, true, false, false, true]);
  });
  test('it stays ready until as many bad outcomes in a row', () => {
    expect(passing('readiness', '+--+---', [1, 3])).toEqual([true, true, true, true, true, true, false]);
  });
  test('it counts as alive until its liveness probe has failed often enough', () => {
    expect(passing('liveness', '--+---', [1, 3])).toEqual([true, true, true, true, true, false]);
  });
  test('it has started neither way before a threshold is reached', () => {
    expect(passing('startup', '--+', [1, 3])).toEqual([undefined, undefined, true]);
    expect(passing('startup', '---', [1, 3])).toEqual([undefined, undefined, false]);
  });
});

test.each([
  [200, true],
  [302, true],
  [399, true],
  [400, false],
  [404, false],
  [503, false],
  [101, false],
])('status %d is good: %s', (status, ok) => {
  expect(httpOutcome(status)).toEqual(ok ? { ok } : { ok, message: `HTTP probe failed with statuscode: ${status}` });
});

describe('redirects', () => {
  const from = new URL('http://10.244.0.7:8080/health');
  test.each([
    ['/health/', { kind: 'follow', url: new URL('http://10.244.0.7:8080/health/') }],
    ['http://10.244.0.7:9090/', { kind: 'follow', url: new URL('http://10.244.0.7:9090/') }],
    ['https://sso.example.com/', expect.objectContaining({ kind: 'away' })],
    ['http://[', { kind: 'broken' }],
    [undefined, { kind: 'none' }],
  ])('to %s', (location, expected) => {
    expect(redirectOf(from, 302, location)).toEqual(expected);
  });
  test('a status that is none is not followed', () => {
    expect(redirectOf(from, 304, '/elsewhere')).toEqual({ kind: 'none' });
  });
});
