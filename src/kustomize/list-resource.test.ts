import { describe, expect, test } from 'vitest';
import { readYaml } from '../yaml/read-yaml.ts';
import type { Edit } from '../yaml/types.ts';
import { listResource } from './list-resource.ts';
import { unlistResource } from './unlist-resource.ts';

const file = 'kustomization.yaml';

describe('a file is listed in the style of the kustomization', () => {
  test.each([
    ['at the end of a list', 'resources:\n  - b.yaml\n', 'resources:\n  - b.yaml\n  - new.yaml\n'],
    ['without indentation', 'resources:\n- b.yaml\n- a.yaml\n', 'resources:\n- b.yaml\n- a.yaml\n- new.yaml\n'],
    ['with wide dashes', 'resources:\n    -   b.yaml\n', 'resources:\n    -   b.yaml\n    -   new.yaml\n'],
    [
      'in its place of a sorted list',
      'resources:\n  - a.yaml\n  - z.yaml\n',
      'resources:\n  - a.yaml\n  - new.yaml\n  - z.yaml\n',
    ],
    [
      'first in a sorted list',
      'resources:\n  # the last two\n  - y.yaml\n  - z.yaml\n',
      'resources:\n  - new.yaml\n  # the last two\n  - y.yaml\n  - z.yaml\n',
    ],
    [
      'last in a sorted list',
      'resources:\n  - a.yaml\n  - b.yaml\nnamespace: n\n',
      'resources:\n  - a.yaml\n  - b.yaml\n  - new.yaml\nnamespace: n\n',
    ],
    [
      'after a comment behind the last',
      'resources:\n  - b.yaml # kept\n  # the end\n',
      'resources:\n  - b.yaml # kept\n  - new.yaml\n  # the end\n',
    ],
    [
      'above what is said about the next',
      'resources:\n  - a.yaml\n  # about z\n  - z.yaml\n',
      'resources:\n  - a.yaml\n  - new.yaml\n  # about z\n  - z.yaml\n',
    ],
    ['without a line break at the end', 'resources:\n  - b.yaml', 'resources:\n  - b.yaml\n  - new.yaml'],
    [
      'with the line ends of Windows',
      'resources:\r\n  - b.yaml\r\nnamespace: n\r\n',
      'resources:\r\n  - b.yaml\r\n  - new.yaml\r\nnamespace: n\r\n',
    ],
    ['in double quotes', 'resources:\n  - "b.yaml"\n', 'resources:\n  - "b.yaml"\n  - "new.yaml"\n'],
    ['in single quotes', "resources:\n  - 'b.yaml'\n", "resources:\n  - 'b.yaml'\n  - 'new.yaml'\n"],
    ['with ./', 'resources:\n  - ./b.yaml\n  - ../base\n', 'resources:\n  - ./b.yaml\n  - ../base\n  - ./new.yaml\n'],
    ['in a flow list', 'resources: [b.yaml] # all\n', 'resources: [b.yaml, new.yaml] # all\n'],
    ['in a sorted flow list', 'resources: [a.yaml, z.yaml]\n', 'resources: [a.yaml, new.yaml, z.yaml]\n'],
    ['first in a sorted flow list', 'resources: [y.yaml, z.yaml]\n', 'resources: [new.yaml, y.yaml, z.yaml]\n'],
    [
      'in a flow list of several lines',
      'resources: [\n  b.yaml,\n  a.yaml\n]\n',
      'resources: [\n  b.yaml,\n  a.yaml,\n  new.yaml\n]\n',
    ],
    [
      'behind a trailing comma',
      'resources: [\n  b.yaml,\n  a.yaml,\n]\n',
      'resources: [\n  b.yaml,\n  a.yaml,\n  new.yaml,\n]\n',
    ],
    [
      'in place of an empty list',
      'resources: [] # none yet\nnamespace: n\n',
      'resources: # none yet\n  - new.yaml\nnamespace: n\n',
    ],
    ['in place of nothing', 'resources:\nnamespace: n\n', 'resources:\n  - new.yaml\nnamespace: n\n'],
    ['in place of null', 'resources: null\nnamespace: n\n', 'resources:\n  - new.yaml\nnamespace: n\n'],
    ['in place of nothing at the end', 'namespace: n\nresources:', 'namespace: n\nresources:\n  - new.yaml'],
    [
      'where there is no list yet',
      'kind: Kustomization\nnamespace: n\n',
      'kind: Kustomization\nnamespace: n\nresources:\n  - new.yaml\n',
    ],
    ['as other lists are written', 'images:\n- name: a\n', 'images:\n- name: a\nresources:\n- new.yaml\n'],
    ['where there is no list and no line break', 'namespace: n', 'namespace: n\nresources:\n  - new.yaml\n'],
    ['above comments at the end', 'namespace: n\n# the end\n', 'namespace: n\nresources:\n  - new.yaml\n# the end\n'],
    ['in an empty file', '', 'resources:\n  - new.yaml\n'],
    ['in a file of comments', '# servers\n', '# servers\nresources:\n  - new.yaml\n'],
    ['in a flow map', '{ namespace: n }\n', '{ namespace: n, resources: [new.yaml] }\n'],
    ['in an empty flow map', '{}\n', '{ resources: [new.yaml] }\n'],
    [
      'when resources come before and a text speaks of them',
      'a: |\n  resources:\n  - x\nresources:\n  - b.yaml\n',
      'a: |\n  resources:\n  - x\nresources:\n  - b.yaml\n  - new.yaml\n',
    ],
    ['under a key in quotes', '"resources":\n  - b.yaml\n', '"resources":\n  - b.yaml\n  - new.yaml\n'],
    [
      'in a document that begins with dashes',
      '---\nresources:\n  - b.yaml\n---\nresources: []\n',
      '---\nresources:\n  - b.yaml\n  - new.yaml\n---\nresources: []\n',
    ],
  ])('%s', (_, before, after) => {
    expect(applied(before, listResource(readYaml(file, before), 'new.yaml'))).toBe(after);
  });

  test('once', () => {
    expect(listResource(readYaml(file, 'resources: [a.yaml, ./new.yaml]\n'), 'new.yaml')).toBeUndefined();
  });

  test('in quotes where YAML needs them', () => {
    expect(
      applied('resources:\n  - a.yaml\n', listResource(readYaml(file, 'resources:\n  - a.yaml\n'), '#a b.yaml')),
    ).toBe('resources:\n  - a.yaml\n  - "#a b.yaml"\n');
  });

  test.each([['resources: text\n'], ['- a\n'], ['resources: [a\n'], ['resources: [{ a: b }]\n']])(
    'not in %j',
    (text) => {
      expect(() => listResource(readYaml(file, text), 'new.yaml')).toThrow(
        expect.objectContaining({ code: 'KUSTOMIZE_INVALID' }),
      );
    },
  );
});

describe('a file is taken out of the list', () => {
  test.each([
    [
      'from the middle',
      'resources:\n  - a.yaml\n  - old.yaml # gone\n  # about z\n  - z.yaml\n',
      'resources:\n  - a.yaml\n  # about z\n  - z.yaml\n',
    ],
    ['from the end', 'resources:\n  - a.yaml\n  - old.yaml\nnamespace: n\n', 'resources:\n  - a.yaml\nnamespace: n\n'],
    ['from the end of a file without a line break', 'resources:\n  - a.yaml\n  - old.yaml', 'resources:\n  - a.yaml'],
    ['with the line ends of Windows', 'resources:\r\n  - old.yaml\r\n  - z.yaml\r\n', 'resources:\r\n  - z.yaml\r\n'],
    [
      'as the only one',
      'resources: # all\n  # one\n  - ./old.yaml\nnamespace: n\n',
      'resources: [] # all\n  # one\nnamespace: n\n',
    ],
    ['from a flow list', 'resources: [a.yaml, old.yaml, z.yaml]\n', 'resources: [a.yaml, z.yaml]\n'],
    ['from the end of a flow list', 'resources: [a.yaml, old.yaml]\n', 'resources: [a.yaml]\n'],
    ['as the only one of a flow list', 'resources: [ old.yaml, ]\n', 'resources: []\n'],
  ])('%s', (_, before, after) => {
    expect(applied(before, unlistResource(readYaml(file, before), 'old.yaml'))).toBe(after);
  });

  test.each([['resources:\n  - a.yaml\n'], ['resources: []\n'], ['namespace: n\n']])('not from %j', (text) => {
    expect(unlistResource(readYaml(file, text), 'old.yaml')).toBeUndefined();
  });
});

function applied(text: string, edit: Edit | undefined): string {
  expect(edit?.file).toBe(file);
  return edit ? text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]) : text;
}
