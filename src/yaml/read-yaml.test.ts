import { describe, expect, it } from 'vitest';
import { mutated, seeded } from '../../test/support/yaml-mutations.ts';
import { readWithLibrary } from './read-with-library.ts';
import { readYaml } from './read-yaml.ts';
import type { YamlDocument } from './types.ts';

function documentOf(text: string): YamlDocument {
  const [document] = readYaml('a.yaml', text).documents;
  if (!document) throw new Error(`no document in ${text}`);
  return document;
}

/** Each problem in one line, as a user would read it. */
function problemsOf(text: string): string[] {
  return readYaml('a.yaml', text).problems.map(
    ({ position, message, hint }) => `${position.line}:${position.column} ${message} | ${hint}`,
  );
}

describe('values', () => {
  const cases: Record<string, [text: string, value: unknown]> = {
    'words and numbers of YAML 1.2': [
      '[true, False, null, ~, 12, -1.5, 0o17, 0x1F, 1e3, .inf, -.5]',
      [true, false, null, null, 12, -1.5, 15, 31, 1000, Infinity, -0.5],
    ],
    'words of YAML 1.1 stay texts': [
      '[yes, no, on, off, y, 1_000, 2026-01-31, 12:30]',
      ['yes', 'no', 'on', 'off', 'y', '1_000', '2026-01-31', '12:30'],
    ],
    'old octals are decimals': ['a: 0755', { a: 755 }],
    'a %YAML directive changes nothing of that': ['%YAML 1.1\n---\na: yes\nb: 010\n', { a: 'yes', b: 10 }],
    'quoted texts': ['a: "1"\nb: \'it\'\'s\'\nc: "\\x41\\u00e9\\n"\n', { a: '1', b: "it's", c: 'Aé\n' }],
    'texts over lines': ['a: b\n  c\n\n  d\ne: "f\n  g"\n', { a: 'b c\nd', e: 'f g' }],
    'blocks with an indicator': ['a: |2-\n    b\n   c\nd: >+\n  e\n\n', { a: '  b\n c', d: 'e\n\n' }],
    'tags of the core schema': ['a: !!str 1\nb: !!int "3"\nc: !Ref x\n', { a: '1', b: 3, c: 'x' }],
    'keys are texts': ['1: a\ntrue: b\n? c\n: d\n', { 1: 'a', true: 'b', c: 'd' }],
    'the key __proto__': ['__proto__: {a: 1}\n', JSON.parse('{"__proto__": {"a": 1}}')],
    'anchors and aliases': ['a: &x [1, {b: 2}]\nc: *x\n', { a: [1, { b: 2 }], c: [1, { b: 2 }] }],
    'merges, own keys first, then the first map': [
      'a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n  y: 3\n',
      { a: { x: 1, y: 1 }, b: { x: 2, z: 2 }, c: { y: 3, x: 1, z: 2 } },
    ],
    'a byte order mark': ['\uFEFFa: 1\n', { a: 1 }],
    'line breaks of Windows': ['a: |\r\n  b\r\n  c\r\nd: e\r\n', { a: 'b\nc\n', d: 'e' }],
  };
  it.each(Object.entries(cases))('%s', (_, [text, value]) => {
    const file = readYaml('a.yaml', text);
    expect(file.problems).toEqual([]);
    expect(file.documents[0]?.value).toEqual(value);
  });

  it('leaves out documents in which nothing stands, and counts them', () => {
    const { documents, problems } = readYaml('a.yaml', '# only\n---\na: 1\n---\n# nothing\n---\n~\n---\nb: 2\n');
    expect(problems).toEqual([]);
    expect(documents.map(({ index, value }) => [index, value])).toEqual([
      [0, { a: 1 }],
      [2, null],
      [3, { b: 2 }],
    ]);
  });

  it.each(['', '\n', '# only a comment', '---', '---\n', '---\n---\n', '...\n', '\uFEFF'])('%j is empty', (text) => {
    expect(readYaml('a.yaml', text)).toMatchObject({ documents: [], problems: [] });
  });
});

describe('fields', () => {
  const text =
    'kind: Service\nmetadata:\n  labels: {app.kubernetes.io/name: "x"}\nspec:\n  ports:\n    - nodePort: 31080 # a\n    - port: 1\n    - nodePort: 31081\n  none:\n';

  it('gives a value with its path, its place and its source', () => {
    expect(documentOf(text).fieldAt(['spec', 'ports', 0, 'nodePort'])).toEqual({
      value: 31080,
      path: 'spec.ports[0].nodePort',
      position: { file: 'a.yaml', line: 6, column: 17 },
      range: [95, 100],
      source: '31080',
    });
    expect(documentOf(text).keyAt(['spec', 'ports', 0, 'nodePort'])).toMatchObject({
      value: 'nodePort',
      position: { line: 6, column: 7 },
    });
    expect(documentOf(text).fieldAt(['spec', 'none'])).toMatchObject({
      value: null,
      source: '',
      position: { line: 9 },
    });
    expect(documentOf(text).fieldAt(['spec', 'ports', 7])).toBeUndefined();
    expect(documentOf(text).fieldAt(['kind', 'length'])).toBeUndefined();
    expect(documentOf(text).fieldAt(['metadata', 'constructor'])).toBeUndefined();
  });

  const patterns: Record<string, string[]> = {
    'spec.ports[*].nodePort': ['spec.ports[0].nodePort', 'spec.ports[2].nodePort'],
    'spec.ports[1].port': ['spec.ports[1].port'],
    'spec.*': ['spec.ports', 'spec.none'],
    'metadata.labels[app.kubernetes.io/name]': ['metadata.labels[app.kubernetes.io/name]'],
    'metadata.labels.*': ['metadata.labels[app.kubernetes.io/name]'],
    'spec.ports[*].*': ['spec.ports[0].nodePort', 'spec.ports[1].port', 'spec.ports[2].nodePort'],
    'spec.containers[*].image': [],
  };
  it.each(Object.entries(patterns))('finds %s', (pattern, paths) => {
    const found = documentOf(text).fields(pattern);
    expect(found.map(({ path }) => path)).toEqual(paths);
  });

  it('finds what aliases and merges bring in where it is written', () => {
    const document = documentOf('a: &a {x: 1}\nb: *a\nc:\n  <<: *a\n  y: 2\n');
    expect(document.fieldAt(['b'])).toMatchObject({ value: { x: 1 }, source: '*a' });
    expect(document.fieldAt(['b', 'x'])).toMatchObject({ value: 1, position: { line: 1, column: 11 } });
    expect(document.fields('c.*').map(({ path, value }) => [path, value])).toEqual([
      ['c.y', 2],
      ['c.x', 1],
    ]);
  });
});

describe('problems', () => {
  const python = 'kind: ConfigMap\ndata:\n  server.py: |\n    def f():\n        return 1\n';
  const cases: Record<string, [text: string, problem: string]> = {
    'source that leaves its block': [
      `${python}print(f"x: {f()}")\n    f()\n`,
      '6:1 this line ends the block that began at line 3, and is no YAML outside it | Indent it by 4 spaces, as the first line of the block.',
    ],
    'source that is indented less than its block': [
      `${python}   if x:\n    f()\n`,
      '6:4 this line ends the block that began at line 3, and is no YAML outside it | Indent it by 4 spaces, as the first line of the block.',
    ],
    'a tab as indentation': ['a:\n\tb: 1\n', '2:1 a tab stands where YAML wants spaces | Indent with spaces.'],
    'a key twice': [
      'a: 1\nb: 2\na: 3\n',
      '3:1 the key a stands here a second time | Keep one of them: readers disagree which counts.',
    ],
    'a template': [
      'a: {{ .Values.x }}\n',
      '1:5 a list or map stands where a key must | Put {{ … }} and the like in quotes.',
    ],
    'a quote that is never closed': [
      'a: 1\nb: "x\nc: 2\n',
      '2:4 a text in double quotes is never closed | Close it with ".',
    ],
    'a bracket that is never closed': ['a: [1,\n  2\nb: 3\n', '1:4 this [ is never closed | Close it with ].'],
    'a brace that is never closed': ['a: {b: 1', '1:4 this { is never closed | Close it with }.'],
    'a bracket too many': ['a: ]\n', '1:4 this ] closes nothing | Take it out, or put the text in quotes.'],
    'an alias without an anchor': [
      'a: *x\n',
      '1:4 nothing above is called &x | Put a text that begins with * in quotes.',
    ],
    'an alias within its anchor': [
      'a: &x [*x]\n',
      '1:8 the alias *x stands within what it names | Write out what is meant.',
    ],
    'a text that begins with @': ['a: @x\n', '1:4 a text cannot begin with @ | Put it in quotes.'],
    'a colon in a text': [
      'a: b: c\n',
      '1:4 a key and its value stand within the value of another key | Put a text that contains ": " in quotes, or begin a new line.',
    ],
    'a text among keys': [
      'a: 1\nb\nc: 2\n',
      '2:1 a text stands where "key: value" is expected | Write a colon and a space behind the key, or indent the line with the text that it goes on with.',
    ],
    'a list among keys': [
      'a: 1\n- b\n',
      '2:1 a list item stands among the keys of a map | Indent it below the key that it belongs to.',
    ],
    'text behind quotes': ['a: "b" c\n', '1:8 a value goes on behind its end | Put the whole value in quotes.'],
    'an unknown escape': [
      'a: "\\q"\n',
      '1:5 this is no escape that YAML knows | Write \\\\ for a backslash, or use single quotes.',
    ],
    'a tag that lies': ['a: !!int x\n', '1:4 x is no !!int | Take the tag out, or write a value that fits it.'],
    'a merge of a text': ['a:\n  <<: x\n', '2:7 << wants a map, or a list of maps | Name one with *.'],
    'a NUL byte': [
      'a: b\u0000c\n',
      '1:5 the control character U+0000 may not stand in YAML | Take it out: in double quotes it can be written as \\u0000.',
    ],
    'an escape sequence of terminals': [
      'a: \u001B[31m\n',
      '1:4 the control character U+001B may not stand in YAML | Take it out: in double quotes it can be written as \\u001b.',
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [text, problem]) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('names the line where the block began', () => {
    const [problem] = readYaml('a.yaml', `${python}print(f(1))\n`).problems;
    expect(problem?.began).toEqual({ file: 'a.yaml', line: 3, column: 14 });
  });

  it('leaves the other documents readable', () => {
    const { documents, problems } = readYaml('a.yaml', 'a: 1\n---\nb: ]\n---\nc: 3\n');
    expect(documents.map(({ index, value }) => [index, value])).toEqual([
      [0, { a: 1 }],
      [2, { c: 3 }],
    ]);
    expect(problems).toHaveLength(1);
  });
});

describe('hostile files', () => {
  const bomb = ['a: &a0 [x, x]', ...Array.from({ length: 40 }, (_, i) => `b${i}: &a${i + 1} [*a${i}, *a${i}]`)].join(
    '\n',
  );
  const chain = ['- &a0 [x]', ...Array.from({ length: 5000 }, (_, i) => `- &a${i + 1} [*a${i}]`)].join('\n');
  const tooDeep = /^\d+:\d+ lists and maps are nested too deeply/;
  const cases: Record<string, [text: string, problem: RegExp]> = {
    brackets: ['['.repeat(10_000), tooDeep],
    'brackets that close': ['['.repeat(10_000) + ']'.repeat(10_000), tooDeep],
    braces: ['{a: '.repeat(10_000), tooDeep],
    dashes: ['- '.repeat(10_000), tooDeep],
    'question marks': ['? '.repeat(10_000), tooDeep],
    'maps in maps': [Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), tooDeep],
    'an alias bomb': [bomb, /^\d+:\d+ the alias \*a\d+ makes the document too large/],
    'a chain of aliases': [chain, tooDeep],
    'a merge bomb': [
      bomb.replaceAll('[x, x]', '{x: 1}').replace(/\[(\*a\d+), \*a\d+\]/g, '{<<: $1, y: [$1, $1]}'),
      /too large/,
    ],
    'a long alias of a long text': [`a: &x ${'y'.repeat(100_000)}\nb: [${'*x, '.repeat(1000)}]\n`, /too large/],
  };
  it.each(Object.entries(cases))('%s', (_, [text, problem]) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  const large: Record<string, string> = {
    'a text of two million characters': `a: ${'x'.repeat(2_000_000)}\n`,
    'a block of a million characters that falls back': `a: &x |\n${'  some text\n'.repeat(100_000)}`,
    'ten thousand keys that fall back': `a: &x 1\n${Array.from({ length: 10_000 }, (_, i) => `k${i}: v\n`).join('')}`,
    'ten thousand aliases': `a: &x 1\nb:\n${'- *x\n'.repeat(10_000)}`,
    'blank lines': `a: &x 1\n${' \n'.repeat(50_000)}b: 2\n`,
    comments: `a: &x 1\n${'# c\n'.repeat(50_000)}`,
    documents: `${'---\n'.repeat(10_000)}a: *x\n`,
  };
  it.each(Object.entries(large))('%s is read in seconds', (_, text) => {
    expect(readYaml('a.yaml', text).problems.length).toBeLessThan(2);
  });

  it('stops at files that no person writes, long before they are read', () => {
    expect(readWithLibrary('a: 1\n---\n[[], [], []]\n', 12)).toMatchObject({
      documents: [{ index: 0 }],
      problems: [{ code: 'TOO_LARGE', offset: 11 }],
    });
  });

  it('is never thrown out of its way, and places every problem within the file', () => {
    const random = seeded(11);
    const odd = Array.from({ length: 5000 }, () => mutated(random)).filter((text) => {
      const { documents, problems } = readYaml('a.yaml', text);
      const lines = text.split('\n');
      documents.map(({ value }) => JSON.stringify(value));
      return !problems.every(
        ({ position: { line, column }, message, hint }) =>
          message && hint && line <= lines.length && column <= (lines[line - 1]?.length ?? 0) + 1,
      );
    });
    expect(odd).toEqual([]);
  });
});
