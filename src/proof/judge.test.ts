import { describe, expect, test } from 'vitest';
import { contractOf } from './contract-of.ts';
import { judge } from './judge.ts';
import type { CallObservation, Observation } from './types.ts';

const tools = [{ name: 'now', inputSchema: { type: 'object' } }];
const canary = { tool: 'now', args: {}, mustMatch: 'temperature' };

function observation(
  result: Partial<CallObservation['result']> | undefined,
  changes: Partial<Observation> = {},
): Observation {
  return {
    endpoint: { url: 'http://weather/mcp' },
    exchanges: [],
    connected: { transport: 'streamable-http', era: 'modern', protocolVersion: '2026-07-28' },
    protocolVersions: ['2026-07-28'],
    tools,
    ...(result
      ? { call: { tool: 'now', args: {}, milliseconds: 3, result: { isError: false, text: '', ...result } } }
      : {}),
    ...changes,
  };
}

describe('with a canary', () => {
  test.each<[string, Observation, object, object]>([
    [
      'the content matches',
      observation({ text: 'temperature 3' }),
      canary,
      { verdict: 'proven', assertion: 'content' },
    ],
    [
      'the structured content matches',
      observation({ text: 'ok', structured: { temperature: 3 } }),
      canary,
      { verdict: 'proven', assertion: 'content' },
    ],
    [
      'the content does not match',
      observation({ text: 'HTTP 401' }),
      canary,
      { verdict: 'failed', flaw: { kind: 'missing', expression: 'temperature' } },
    ],
    [
      'the content is what it must not be',
      observation({ text: 'temperature unknown' }),
      { ...canary, mustNotMatch: '(?i)UNKNOWN' },
      { verdict: 'failed', flaw: { kind: 'forbidden', expression: '(?i)UNKNOWN' } },
    ],
    [
      'whoever asks for the text of an error gets it',
      observation({ text: 'HTTP 401' }),
      { ...canary, mustMatch: '401' },
      { verdict: 'proven', assertion: 'content' },
    ],
    ['a result that is an error', observation({ text: 'temperature', isError: true }), canary, { verdict: 'failed' }],
    ['no call', observation(undefined), canary, { verdict: 'failed' }],
    [
      'no expressions',
      observation({ text: 'sunny' }),
      { tool: 'now', args: {} },
      { verdict: 'proven', assertion: 'none' },
    ],
    [
      'no expressions, and text that reads like an error',
      observation({ text: 'HTTP 401' }),
      { tool: 'now', args: {} },
      { verdict: 'failed', errorLike: 'HTTP 401' },
    ],
  ])('%s', (_, seen, asked, verdict) => {
    const { contract, changes, ...judgement } = judge(seen, { canary: asked as typeof canary });
    expect(judgement).toEqual(verdict);
    expect([contract, changes]).toEqual([contractOf({ tools }), []]);
  });
});

describe('without a canary', () => {
  test.each<[string, Observation, object]>([
    ['a tool that answers', observation({ text: 'sunny' }), { verdict: 'proven', assertion: 'none' }],
    ['a tool that answers with an error', observation({ text: 'x', isError: true }), { verdict: 'listed' }],
    ['text that reads like one', observation({ text: 'HTTP 401' }), { verdict: 'listed', errorLike: 'HTTP 401' }],
    ['no call', observation(undefined), { verdict: 'listed' }],
    ['no tools', observation(undefined, { tools: [] }), { verdict: 'listed' }],
  ])('%s', (_, seen, verdict) => {
    const { contract: _contract, changes: _changes, ...judgement } = judge(seen, {});
    expect(judgement).toEqual(verdict);
  });
});

test('what did not connect, could not list or changes its tools is no proof', () => {
  const { connected: _, ...unconnected } = observation({ text: 'temperature' });
  expect(judge(unconnected, { canary })).toEqual({ verdict: 'failed', contract: null, changes: [] });
  const halfListed = observation(undefined, { failure: { stage: 'list', message: 'x' } });
  expect(judge(halfListed, {})).toMatchObject({ verdict: 'failed', contract: null });
  const unstable = observation({ text: 'temperature' }, { unstableTools: ['now'] });
  expect(judge(unstable, { canary })).toMatchObject({ verdict: 'failed' });
});

test('a contract that is not the locked one is no proof, and every change has its gravity', () => {
  const locked = contractOf({ tools: [{ ...tools[0], name: 'now', description: 'then' }, { name: 'gone' }] });
  const seen = observation({ text: 'temperature' }, { tools: [...tools, { name: 'new' }] });
  expect(judge(seen, { canary, locked })).toMatchObject({
    verdict: 'failed',
    assertion: 'content',
    changes: [
      { tool: 'gone', change: 'removed', gravity: 'breaking' },
      { tool: 'now', change: 'changed', gravity: 'review' },
      { tool: 'new', change: 'added', gravity: 'harmless' },
    ],
  });
  expect(judge(observation({ text: 'temperature' }), { canary, locked: contractOf({ tools }) }).verdict).toBe('proven');
});

describe('expressions', () => {
  test.each([
    ['(', /missing closing/],
    ['(?=x)', /mustMatch is no regular expression/],
  ])('%s is refused', (mustMatch, message) => {
    const run = () => judge(observation({ text: '' }), { canary: { ...canary, mustMatch } });
    expect(run).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(message) }));
  });

  test('never take long, whatever the answer is', () => {
    const text = `${'a'.repeat(100_000)}!`;
    expect(judge(observation({ text }), { canary: { ...canary, mustMatch: '^(a+)+$' } }).verdict).toBe('failed');
  });
});
