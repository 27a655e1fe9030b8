import { describe, expect, test } from 'vitest';
import type { ClientEntry } from '../client-format.ts';
import { claudeCode } from './claude-code.ts';

const weather: ClientEntry = { name: 'weather', url: 'http://10.20.0.40:31117/mcp', transport: 'streamable-http' };
const set = (text: string | undefined, entry: Partial<ClientEntry> = {}): string =>
  claudeCode.set(text, '.mcp.json', { ...weather, ...entry });

describe('set', () => {
  test('a new file has what Claude Code asks for', () => {
    expect(set(undefined, { description: 'Weather everywhere', tokenVariable: 'WEATHER_MCP_TOKEN' })).toBe(`{
  "mcpServers": {
    "weather": {
      "type": "http",
      "url": "http://10.20.0.40:31117/mcp",
      "description": "Weather everywhere",
      "headers": {
        "Authorization": "Bearer \${WEATHER_MCP_TOKEN}"
      }
    }
  }
}
`);
  });

  test('the old transport has its own type', () => {
    expect(JSON.parse(set(undefined, { transport: 'sse' })).mcpServers.weather.type).toBe('sse');
  });

  test('a changed URL changes that value and no other byte', () => {
    const text =
      '{ "x":1,\n\t"mcpServers" : {"weather":{ "type":"http", "url":"http://old/mcp" , "timeout": 5}, "b" : {}}}';
    expect(set(text)).toBe(text.replace('http://old/mcp', weather.url));
  });

  test('headers of the user stay beside the token', () => {
    const text = set(undefined, {}).replace('/mcp"', '/mcp",\n      "headers": { "X-Team": "a" }');
    const result = JSON.parse(set(text, { tokenVariable: 'T' }));
    expect(result.mcpServers.weather.headers).toEqual({ 'X-Team': 'a', Authorization: 'Bearer ${T}' });
  });

  test('what is there already is not written again', () => {
    const text = set(undefined, { description: 'x', tokenVariable: 'T' });
    expect(set(text, { description: 'x', tokenVariable: 'T' })).toBe(text);
  });

  test.each([
    ['tabs', '{\n\t"mcpServers": {\n\t\t"a": {}\n\t}\n}\n', '\n\t\t"weather": {\n\t\t\t"type"'],
    ['four spaces', '{\n    "mcpServers": {}\n}\n', '\n        "weather": {\n            "type"'],
    ['one line', '{"mcpServers": {"a":{}}, "x":1}', '{"mcpServers": {"a":{}, "weather": {"type":'],
    ['CRLF', '{\r\n  "mcpServers": {}\r\n}\r\n', '\r\n    "weather": {\r\n'],
  ])('a file keeps its %s', (_, text, part) => {
    expect(set(text)).toContain(part);
  });

  test('a program of the same name is not overwritten', () => {
    expect(() => set('{"mcpServers":{"weather":{"command":"x"}}}')).toThrow('is no HTTP server');
  });
});

test('an entry is removed, and others keep their form', () => {
  const text = '{"mcpServers": {"a": {"url":"x"},\n  "weather": {"url": "y"},\n  "b": {"url":"z"}}}';
  expect(claudeCode.remove(text, '.mcp.json', 'weather')).toBe(
    '{"mcpServers": {"a": {"url":"x"},\n  "b": {"url":"z"}}}',
  );
  const first = '{"mcpServers": { "weather": {"url":"y"}, "b": {"url":"z"} }}';
  expect(claudeCode.remove(first, '.mcp.json', 'weather')).toBe('{"mcpServers": { "b": {"url":"z"} }}');
  expect(claudeCode.remove(text, '.mcp.json', 'none')).toBe(text);
});

test('an entry can be put back as it was', () => {
  const before = set(undefined, { description: 'old' });
  const entry = claudeCode.entryText(before, '.mcp.json', 'weather');
  expect(claudeCode.restore(set(before, { url: 'http://new/mcp' }), '.mcp.json', 'weather', entry)).toBe(before);
  expect(claudeCode.restore(before, '.mcp.json', 'weather', undefined)).toBe('{\n  "mcpServers": {}\n}\n');
});

test('URLs are found by name', () => {
  expect([...claudeCode.urls('{"mcpServers":{"a":{"url":"x"},"b":{"command":"y"}}}', '.mcp.json')]).toEqual([
    ['a', 'x'],
  ]);
});

test.each([
  ['{\n  "mcpServers": {,}\n}', '.mcp.json:2:18', 'is no valid JSON: value expected'],
  ['{"a": 1 // why\n}', '.mcp.json:1:9', 'is no valid JSON: invalid comment token'],
  ['[]', '.mcp.json:1:1', 'holds no JSON object'],
  ['', '.mcp.json:1:1', 'is no valid JSON: value expected'],
  ['{"mcpServers": []}', '.mcp.json:1:16', 'has something else than an object in mcpServers'],
  ['{"mcpServers": {"a": 1}}', '.mcp.json:1:17', 'has no object for the server "a"'],
  ['{"mcpServers": {"a": {},\n"a": {}}}', '.mcp.json:2:1', 'has "a" twice'],
  ['{"a":'.repeat(10_000), '.mcp.json:1:1', 'is nested too deeply'],
  [`{"a": "${'x'.repeat(1_000_001)}"}`, '.mcp.json:1:1', 'has more than 1 MB'],
])('%.40s is refused with its place', (text, at, message) => {
  expect(() => set(text)).toThrow(expect.objectContaining({ code: 'CLIENT_CONFIG_INVALID', at }));
  expect(() => set(text)).toThrow(message);
});
