import { describe, expect, it } from 'vitest';
import { applyEdits } from './apply-edits.ts';
import { readYaml } from './read-yaml.ts';
import { removeValue } from './remove-value.ts';
import { replaceValue } from './replace-value.ts';
import { setValue } from './set-value.ts';
import type { Edit, YamlDocument, YamlPath } from './types.ts';

type Make = (document: YamlDocument) => Edit | undefined;

function edited(before: string, make: Make): string {
  const [document] = readYaml('a.yaml', before).documents;
  const edit = document && make(document);
  return edit ? applyEdits(before, [edit]) : before;
}

/** A file after an edit, and what the field says when it is read again. */
function after(before: string, path: YamlPath, make: Make): { text: string; value: unknown; problems: unknown } {
  const text = edited(before, make);
  const { documents, problems } = readYaml('a.yaml', text);
  return { text, value: documents[0]?.fieldAt(path)?.value, problems };
}

const edit = (start: number, end: number, text: string): Edit => ({ file: 'a.yaml', range: [start, end], text });

describe('applyEdits', () => {
  it('applies edits in any order, and insertions in one place in theirs', () => {
    expect(applyEdits('abcdef', [edit(4, 5, 'E'), edit(0, 1, 'A'), edit(2, 2, '1'), edit(2, 2, '2')])).toBe('Ab12cdEf');
  });

  it('refuses edits that overlap, and places outside the text', () => {
    expect(() => applyEdits('abcdef', [edit(0, 3, ''), edit(2, 4, '')])).toThrow('edits of a.yaml overlap');
    expect(() => applyEdits('abc', [edit(2, 9, '')])).toThrow('edits of a.yaml overlap');
  });
});

describe('replaceValue', () => {
  const cases: Record<string, [before: string, path: YamlPath, value: unknown, after: string]> = {
    'a number keeps its comment': ['a: 31080 # asked for\nb: 1\n', ['a'], 31081, 'a: 31081 # asked for\nb: 1\n'],
    'double quotes stay': ['a: "1.10"\n', ['a'], '1.11', 'a: "1.11"\n'],
    'single quotes stay': ["a: 'x'\n", ['a'], "it's", "a: 'it''s'\n"],
    'single quotes give way to a line break': ["a: 'x'\n", ['a'], 'x\ny', 'a: "x\\ny"\n'],
    'plain text that would be misread gets quotes': ['a: x\n', ['a'], 'yes', 'a: "yes"\n'],
    'a number of quotes becomes a number': ['a: "1"\n', ['a'], 2, 'a: 2\n'],
    'nothing becomes something': ['a:\nb: 1\n', ['a'], 'x', 'a: x\nb: 1\n'],
    'nothing with a comment': ['a: # why\n', ['a'], 'x', 'a: x # why\n'],
    'within brackets commas are quoted': ['a: [x, y]\n', ['a', 0], 'p,q', 'a: ["p,q", y]\n'],
    'a block stays a block': ['a: |\n    x\n    y\nb: 1\n', ['a'], 'p\n\nq\n', 'a: |\n    p\n\n    q\nb: 1\n'],
    'a block with CRLF': ['a: |\r\n  x\r\nb: 1\r\n', ['a'], 'p\nq\n', 'a: |\r\n  p\r\n  q\r\nb: 1\r\n'],
    'a block becomes one line': ['a: |\n  x\nb: 1\n', ['a'], 'p', 'a: p\nb: 1\n'],
    'a tag goes with its value': ['a: !!str 5\n', ['a'], 6, 'a: 6\n'],
    'a block list': ['a:\n  - x\n  - y # y\nb: 1\n', ['a'], ['p'], 'a:\n  - p # y\nb: 1\n'],
    'a list within brackets': ['a: [x]\n', ['a'], [1, { b: 'c' }], 'a: [1, {b: c}]\n'],
  };
  it.each(Object.entries(cases))('%s', (_, [before, path, value, text]) => {
    const make: Make = (document) => {
      const field = document.fieldAt(path);
      return field && replaceValue(field, value);
    };
    expect(after(before, path, make)).toEqual({ text, value, problems: [] });
  });
});

describe('setValue', () => {
  const cases: Record<string, [before: string, path: YamlPath, value: unknown, after: string]> = {
    'what is there is replaced': ['a: 1 # x\n', ['a'], 2, 'a: 2 # x\n'],
    'a key goes behind the last': ['a:\n  b: 1 # x\n\n# end\n', ['a', 'c'], 2, 'a:\n  b: 1 # x\n  c: 2\n\n# end\n'],
    'with the maps that lead to it': ['a: 1\n', ['b', 'c', 0, 'd'], 2, 'a: 1\nb:\n  c:\n    - d: 2\n'],
    'lists stand as they do in the file': ['a:\n- 1\n', ['b'], [1], 'a:\n- 1\nb:\n- 1\n'],
    'an item': ['a:\n  - b: 1\n    c: 2\nd: 3\n', ['a', 1], { b: 2 }, 'a:\n  - b: 1\n    c: 2\n  - b: 2\nd: 3\n'],
    'a key of an item': ['a:\n  - b: 1\n', ['a', 0, 'c'], 'x', 'a:\n  - b: 1\n    c: x\n'],
    'into braces': ['a: { b: 1 }\n', ['a', 'c'], 'x', 'a: { b: 1, c: x }\n'],
    'into brackets over lines': ['a: [\n  x,\n  y, # y\n]\n', ['a', 2], 'z', 'a: [\n  x,\n  y, z, # y\n]\n'],
    'into empty braces': ['a: {}\n', ['a', 'b'], 1, 'a:\n  b: 1\n'],
    'into empty braces with a comment': ['a: {} # x\n', ['a', 'b'], 1, 'a: {b: 1} # x\n'],
    'into nothing': ['a:\nb: 1\n', ['a', 'c'], 1, 'a:\n  c: 1\nb: 1\n'],
    'into null': ['a: null\n', ['a', 0], 1, 'a:\n  - 1\n'],
    'with CRLF': ['a:\r\n  b: 1\r\n', ['a', 'c'], { d: 1 }, 'a:\r\n  b: 1\r\n  c:\r\n    d: 1\r\n'],
    'behind a block': ['a: |\n  x\n\nb: 1\n', ['c'], 'y\nz\n', 'a: |\n  x\n\nb: 1\nc: |\n  y\n  z\n'],
    'behind a block that keeps its blank lines': ['a: |+\n  x\n\n', ['c'], 1, 'a: |+\n  x\n\nc: 1\n'],
    'without a line break at the end': ['a: 1', ['b'], 2, 'a: 1\nb: 2'],
    'keys that need quotes': ['a:\n  b: 1\n', ['a', 'on'], 1, 'a:\n  b: 1\n  "on": 1\n'],
    'only its own keys count in a merge': [
      'x: &x\n  a: 1\ny:\n  b: 1\n  <<: *x\nz: 1\n',
      ['y', 'c'],
      2,
      'x: &x\n  a: 1\ny:\n  b: 1\n  c: 2\n  <<: *x\nz: 1\n',
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [before, path, value, text]) => {
    const make: Make = (document) => setValue(document, path, value);
    expect(after(before, path, make)).toEqual({ text, value, problems: [] });
  });

  it('refuses places that there are not', () => {
    const [document] = readYaml('a.yaml', 'a: text\nb: [1]\nc: &c {d: 1}\ne: *c\n').documents;
    if (!document) throw new Error('not read');
    expect(() => setValue(document, ['a', 'x'], 1)).toThrow('a holds no map and no list');
    expect(() => setValue(document, ['b', 5], 1)).toThrow('b[5] does not follow the last item');
    expect(() => setValue(document, ['e', 'x'], 1)).toThrow('e is an alias');
  });
});

describe('removeValue', () => {
  const cases: Record<string, [before: string, path: YamlPath, after: string]> = {
    'a key with all its lines': ['a: 1\nb:\n  c: 1\n  d: 2 # d\ne: 3\n', ['b'], 'a: 1\ne: 3\n'],
    'an item': ['a:\n  - x\n  - y\n', ['a', 0], 'a:\n  - y\n'],
    'the first key of an item': ['a:\n  - b: 1\n    c: 2\n', ['a', 0, 'b'], 'a:\n  - c: 2\n'],
    'the last key of a map': ['a:\n  b: 1\nc: 2\n', ['a', 'b'], 'a: {}\nc: 2\n'],
    'the last item of a list': ['a:\n  - b: 1\n', ['a', 0], 'a: []\n'],
    'out of braces': ['a: {b: 1, c: 2, d: 3}\n', ['a', 'c'], 'a: {b: 1, d: 3}\n'],
    'the last out of braces': ['a: {b: 1, c: 2}\n', ['a', 'c'], 'a: {b: 1}\n'],
    'without a line break at the end': ['a: 1\nb: 2', ['b'], 'a: 1'],
    'with CRLF': ['a: 1\r\nb: 2\r\n', ['a'], 'b: 2\r\n'],
    'an item behind an anchor with a dash': ['a:\n  - &x-y 1\n  - 2\n', ['a', 0], 'a:\n  - 2\n'],
    'what is not there': ['a: 1\n', ['b'], 'a: 1\n'],
  };
  it.each(Object.entries(cases))('%s', (_, [before, path, text]) => {
    const make: Make = (document) => removeValue(document, path);
    expect(after(before, path, make)).toMatchObject({ text, problems: [] });
  });
});
