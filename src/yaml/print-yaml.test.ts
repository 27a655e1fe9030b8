import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printDocuments, printYaml } from './print-yaml.ts';
import { readYaml } from './read-yaml.ts';

/** What readers of YAML 1.1 and 1.2 see in a text. */
function readings(printed: string): unknown[] {
  return [
    readYaml('a.yaml', printed).documents[0]?.value,
    parse(printed),
    parse(printed, { version: '1.1' }),
    load(printed, { schema: CORE_SCHEMA }),
    load(printed, { schema: YAML11_SCHEMA }),
  ];
}

/** The same value for each of the readers. */
function alike(value: unknown): unknown[] {
  return Array.from({ length: 5 }, () => value);
}

describe('printYaml', () => {
  it('prints as kubectl does', () => {
    const service = {
      kind: 'Service',
      spec: { ports: [{ port: 80, name: 'http' }, { port: 81 }], selector: {}, x: [] },
    };
    expect(printYaml(service)).toBe(
      'kind: Service\nspec:\n  ports:\n  - port: 80\n    name: http\n  - port: 81\n  selector: {}\n  x: []\n',
    );
    expect(printYaml({ a: [[1, [2]], { b: [3] }] }, { indentLists: true })).toBe(
      'a:\n  - - 1\n    - - 2\n  - b:\n      - 3\n',
    );
    expect(printDocuments([{ a: 1 }, { b: undefined, c: null }])).toBe('a: 1\n---\nc: null\n');
  });

  const texts: Record<string, string> = {
    'python:3.11-slim': 'python:3.11-slim',
    'http://a.b:80/c?d=e#f': 'http://a.b:80/c?d=e#f',
    '--flag=x': '--flag=x',
    '-': '"-"',
    on: '"on"',
    yes: '"yes"',
    y: '"y"',
    '1e3': '"1e3"',
    '0o7': '"0o7"',
    '0755': '"0755"',
    '1_000': '"1_000"',
    '0x1F': '"0x1F"',
    '0b11': '"0b11"',
    '12:30:45': '"12:30:45"',
    null: '"null"',
    '~': '"~"',
    '': '""',
    '2026-01-31': '"2026-01-31"',
    '2026-01-31T10:00:00Z': '"2026-01-31T10:00:00Z"',
    '1.10': '"1.10"',
    '1.10.0': '1.10.0',
    '.5': '".5"',
    '.inf': '".inf"',
    '<<': '"<<"',
    '=': '"="',
    '*': '"*"',
    '&a': '"&a"',
    '@x': '"@x"',
    'a: b': '"a: b"',
    'a:': '"a:"',
    'a #b': '"a #b"',
    'a#b': 'a#b',
    '---': '"---"',
    ' a': '" a"',
    'a ': '"a "',
    'a\tb': '"a\\tb"',
    '{{ x }}': '"{{ x }}"',
    'it\'s "so"': 'it\'s "so"',
    '\u0000\u007F\u0085\u2028\uFEFF\uD800': '"\\u0000\\u007f\\u0085\\u2028\\ufeff\\ud800"',
    'a\nb\n': '|\n  a\n  b',
    'a\nb': '|-\n  a\n  b',
    'a\n\n\n': '|+\n  a\n\n',
    'a\n\n  b\n': '|\n  a\n\n    b',
    '  a\nb\n': '|2\n    a\n  b',
    'a\r\nb\n': '"a\\r\\nb\\n"',
    'a\n  ': '"a\\n  "',
    '\n': '"\\n"',
    '\na\n': '"\\na\\n"',
    '# a\n--- b\n': '|\n  # a\n  --- b',
  };
  it.each(Object.entries(texts))('prints %j so that every reader reads it back', (text, printed) => {
    expect(printYaml({ a: text })).toBe(`a: ${printed}\n`);
    for (const value of [{ a: text, b: 1 }, { a: [{ b: text }, text, [text, 1]], [text]: text }, [text, 'x']])
      expect(readings(printYaml(value))).toEqual(alike(value));
  });

  it.each([0, -1, 1.5, 1e21, 1e-7, 1.5e300, Infinity, -Infinity, NaN, true, false, null])('prints %s', (value) => {
    expect(readings(printYaml({ a: value, b: [value] }))).toEqual(alike({ a: value, b: [value] }));
  });
});
