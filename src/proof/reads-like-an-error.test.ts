import { describe, expect, test } from 'vitest';
import { readsLikeAnError } from './reads-like-an-error.ts';

const long = 'The service restarts each night. '.repeat(20);

describe('an answer that is no error and reads like one', () => {
  test.each([
    'HTTP 401',
    'Error: HTTP 401: Unauthorized',
    'Upstream returned 503',
    'Request failed with status code 404',
    'status: 500',
    '401 Client Error: Unauthorized for url: http://coroot.monitoring/api',
    'Traceback (most recent call last):\n  File "/app/server.py", line 12',
    'connect ECONNREFUSED 10.0.0.1:5432',
    'HTTPConnectionPool(host="x", port=80): Max retries exceeded with url: /',
    'ConnectError: All connection attempts failed',
    `Could not list the projects.\n${long}`,
    'Failed to fetch projects',
    'An unexpected error occurred',
    'Unauthorized',
    'Invalid API key',
    'COROOT_URL is not configured',
    `${long}\n503 Service Unavailable\n${long}`,
    '{"error": "no such project"}',
    '{"success": false, "items": []}',
    '{"status": "error"}',
    '{"statusCode": 401, "message": "no"}',
  ])('%j', (text) => {
    expect(readsLikeAnError({ isError: false, text })).toBeTruthy();
  });

  test('in its structured content', () => {
    expect(readsLikeAnError({ isError: false, text: '', structured: { error: 'down' } })).toBe('"error": "down"');
    expect(readsLikeAnError({ isError: false, text: 'ok', structured: { result: { ok: false } } })).toBe('"ok": false');
  });

  test('is quoted with the line that tells it', () => {
    expect(readsLikeAnError({ isError: false, text: `a\n  got HTTP 401 there \nb` })).toBe('got HTTP 401 there');
  });
});

describe('an answer that only speaks of errors', () => {
  test.each([
    '',
    'pong',
    'sunny, 401 K on the roof',
    '0 errors, 2 warnings',
    'Errors: 0\nPods: 12',
    'Error rate: 0.1 %',
    'error: none',
    'Failed pods: 0',
    'No errors found in the last hour',
    'HTTP 200 in 12 ms',
    'Listening on port 4010',
    '500 items, 404 of them new',
    '{"error": null, "items": [1]}',
    '{"errors": [], "error": {}, "status": "ok"}',
    '{"status": 200}',
    `${long} Unauthorized access is forbidden by the handbook.`,
    '{"projects": ["Error budget", "Timeouts"]}',
  ])('%j', (text) => {
    expect(readsLikeAnError({ isError: false, text })).toBeUndefined();
  });
});
