import { describe, expect, test } from 'vitest';
import { BerthError } from '../errors.ts';
import { serverNames } from './server-names.ts';

test('a server is meant with and without -mcp', () => {
  const names = {
    server: 'weather',
    workload: 'weather-mcp',
    configMap: 'weather-mcp-code',
    secret: 'weather-mcp-secrets',
    file: 'weather-mcp.yaml',
  };
  expect(serverNames('weather')).toEqual(names);
  expect(serverNames('weather-mcp')).toEqual(names);
});

test('the longest name leaves room for the Secret', () => {
  expect(serverNames('a'.repeat(51)).secret).toHaveLength(63);
});

describe('what cannot be a name is refused with the nearest that can', () => {
  test.each([
    ['Weather', 'Service begins with a lower-case letter', 'For example: weather'],
    ['open_meteo', 'only lower-case letters, digits and "-"', 'For example: open-meteo'],
    ['1password', 'begins with a lower-case letter', 'For example: password'],
    ['weather-', 'ends with "-"', 'For example: weather'],
    ['weather.v2', 'only lower-case letters', 'For example: weather-v2'],
    ['a'.repeat(52), 'has 52 characters', `For example: ${'a'.repeat(51)}`],
    ['weather-mcp-code', 'ends as the names of its objects do', 'For example: weather'],
    ['weather-mcp-mcp', 'ends as the names of its objects do', 'For example: weather'],
    ['mcp', 'says nothing but mcp', 'at most 51'],
    ['-mcp', 'says nothing but mcp', 'at most 51'],
    ['天気', 'begins with a lower-case letter', 'at most 51'],
    ['$(reboot)', 'begins with a lower-case letter', 'For example: reboot'],
  ])('%s', (name, message, hint) => {
    const error = problemOf(() => serverNames(name));
    expect(error.code).toBe('NAME_INVALID');
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });
});

function problemOf(action: () => unknown): BerthError {
  try {
    action();
  } catch (error) {
    if (error instanceof BerthError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
