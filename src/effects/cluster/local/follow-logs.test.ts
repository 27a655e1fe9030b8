import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { followLogs } from './follow-logs.ts';
import { boundLogs } from './pods/bound-logs.ts';

function logs() {
  const state = mkdtempSync(join(tmpdir(), 'berth-logs-'));
  onTestFinished(() => rmSync(state, { recursive: true, force: true }));
  const folder = join(state, 'logs/ai/weather-mcp');
  const fileOf = (pod: string): string => {
    mkdirSync(join(folder, pod), { recursive: true });
    return join(folder, pod, 'mcp-server.log');
  };
  return { state, folder, fileOf, append: (pod: string, text: string) => appendFileSync(fileOf(pod), text) };
}

function following(folder: string, tail = 10) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const lines: string[] = [];
  void (async () => {
    for await (const line of followLogs(folder, { follow: true, tail, signal: stop.signal })) lines.push(line);
  })();
  return lines;
}

const patience = { timeout: 15_000, interval: 20 };

test('the last lines of the newest pod, without what only a terminal understands', async () => {
  const { folder, append, fileOf } = logs();
  append('old', 'before\n');
  // File systems tell births apart by a few milliseconds only.
  await vi.waitFor(() => {
    rmSync(fileOf('new'), { force: true });
    append('new', 'one\n\u001b]0;title\u0007two\n');
    expect(statSync(fileOf('new')).birthtimeMs).toBeGreaterThan(statSync(fileOf('old')).birthtimeMs);
  }, patience);
  append('new', 'three\n');
  const lines: string[] = [];
  const options = { follow: false, tail: 2, signal: new AbortController().signal };
  for await (const line of followLogs(folder, options)) lines.push(line);
  expect(lines).toEqual([']0;titletwo', 'three']);
});

test('half a line waits for its other half, and a letter for all of its bytes', async () => {
  const { folder, append, fileOf } = logs();
  append('pod', 'one\n');
  const lines = following(folder);
  await vi.waitFor(() => expect(lines).toEqual(['one']), patience);
  const bytes = Buffer.from('grün\n');
  appendFileSync(fileOf('pod'), bytes.subarray(0, 3));
  append('next', 'other\n');
  await vi.waitFor(() => expect(lines).toEqual(['one', 'other']), patience);
  appendFileSync(fileOf('pod'), bytes.subarray(3));
  await vi.waitFor(() => expect(lines).toEqual(['one', 'other', 'grün']), patience);
});

test('a log that has become too long begins again, and is followed all the same', async () => {
  const { state, folder, append, fileOf } = logs();
  append('pod', `${'x'.repeat(99)}\n`.repeat(100));
  const lines = following(folder, 1);
  await vi.waitFor(() => expect(lines).toHaveLength(1), patience);
  const stop = boundLogs(state, 5000, 20);
  onTestFinished(stop);
  await vi.waitFor(() => expect(statSync(fileOf('pod')).size).toBe(0), patience);
  expect(statSync(`${fileOf('pod')}.1`).size).toBe(10_000);
  stop();
  append('pod', 'again\n');
  await vi.waitFor(() => expect(lines.at(-1)).toBe('again'), patience);
});

test('nothing was ever written', async () => {
  const options = { follow: false, tail: 5, signal: new AbortController().signal };
  const lines = followLogs(join(tmpdir(), 'berth-no-such-folder'), options)[Symbol.asyncIterator]();
  expect(await lines.next()).toEqual({ done: true, value: undefined });
});
