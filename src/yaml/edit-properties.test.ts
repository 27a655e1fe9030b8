import { describe, expect, it } from 'vitest';
import { mutated, seeded, yamlSamples } from '../../test/support/yaml-mutations.ts';
import { applyEdits } from './apply-edits.ts';
import { printYaml } from './print-yaml.ts';
import { readYaml } from './read-yaml.ts';
import { removeValue } from './remove-value.ts';
import { replaceValue } from './replace-value.ts';
import { setValue } from './set-value.ts';
import type { Edit, YamlDocument, YamlPath } from './types.ts';

type Random = (below: number) => number;

const values: readonly unknown[] = [
  1,
  -2.5,
  true,
  null,
  '',
  'x',
  'yes',
  '1.10',
  '0755',
  'a: b',
  'a, [b]',
  '- x',
  '#',
  "it's",
  '"',
  '\\',
  'a\nb\n',
  '  a\n b',
  'a\n\n\n',
  'tab	here',
  '\x07',
  '😀',
  'x'.repeat(300),
  [],
  {},
  [1, 'on'],
  { a: { b: ['c\nd\n'] } },
];

/** Valid files: the samples, what is left valid of their mutations, both with the line breaks of Windows too. */
function files(count: number, random: Random): string[] {
  const texts = [...yamlSamples];
  while (texts.length < count) {
    const text = mutated(random);
    const { documents, problems } = readYaml('a.yaml', text);
    if (problems.length === 0 && documents.length > 0 && text.endsWith('\n') && !text.includes('\r')) texts.push(text);
  }
  return texts.flatMap((text) => [text, text.replaceAll('\n', '\r\n')]);
}

function pathsOf(value: unknown, path: YamlPath = []): YamlPath[] {
  const below = Array.isArray(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))
      : [];
  return path.length > 0 ? [path, ...below] : below;
}

/** Whether something is within, or is, what an anchor names or a merge brings in: a change of it reaches further. */
function isShared(text: string): boolean {
  return /[&*]|<</.test(text);
}

/** A copy of a document's value with another value at a path, or with nothing there. */
function changed(value: unknown, path: YamlPath, to: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return to;
  if (Array.isArray(value)) {
    const copy = [...(value as unknown[])];
    if (rest.length === 0 && to === undefined) copy.splice(Number(part), 1);
    else copy[Number(part)] = changed(copy[Number(part)], rest, to);
    return copy;
  }
  const entries = new Map(Object.entries((value ?? {}) as Record<string, unknown>));
  if (rest.length === 0 && to === undefined) entries.delete(String(part));
  else entries.set(String(part), changed(entries.get(String(part)), rest, to));
  return Object.fromEntries(entries);
}

/** What an edit did to a file, as a difference from what it should have done; undefined where there is none. */
function wrong(text: string, document: YamlDocument, edit: Edit, expected: unknown): string | undefined {
  const after = applyEdits(text, [edit]);
  const [start, end] = edit.range;
  const kept = after.startsWith(text.slice(0, start)) && after.endsWith(text.slice(end));
  const { documents, problems } = readYaml('a.yaml', after);
  const now = documents.find(({ index }) => index === document.index);
  const others = JSON.stringify(documents.filter((one) => one !== now).map(({ value }) => value));
  const before = readYaml('a.yaml', text).documents.filter(({ index }) => index !== document.index);
  const same = JSON.stringify(now?.value) === JSON.stringify(expected);
  const bare = text.includes('\r\n') && /(?<!\r)\n/.test(after);
  if (kept && same && !bare && problems.length === 0 && others === JSON.stringify(before.map(({ value }) => value)))
    return undefined;
  return JSON.stringify({ text, after, expected, value: now?.value, problem: problems[0]?.message });
}

describe('edits', () => {
  it('replace a value and nothing else, in whatever style it is written', () => {
    const random = seeded(21);
    const failures = files(400, random).flatMap((text) =>
      readYaml('a.yaml', text).documents.flatMap((document) => {
        const paths = pathsOf(document.value);
        const path = paths[random(paths.length)];
        const field = path && document.fieldAt(path);
        const value = values[random(values.length)];
        if (!field || isShared(text)) return [];
        // A field knows the line breaks of its own lines only.
        const edit = text.includes('\r') ? setValue(document, path, value) : replaceValue(field, value);
        const inPlace = edit.range[0] === field.range[0] && edit.range[1] === field.range[1];
        return inPlace ? (wrong(text, document, edit, changed(document.value, path, value)) ?? []) : ['elsewhere'];
      }),
    );
    expect(failures.slice(0, 3)).toEqual([]);
  });

  it('insert keys and items that are read back', () => {
    const random = seeded(22);
    const failures = files(400, random).flatMap((text) =>
      readYaml('a.yaml', text).documents.flatMap((document) => {
        const parents = [[], ...pathsOf(document.value)].filter((path) => {
          const value = path.length === 0 ? document.value : document.fieldAt(path)?.value;
          return typeof value === 'object';
        });
        const parent = parents[random(parents.length)];
        if (!parent || isShared(text)) return [];
        const held = parent.length === 0 ? document.value : document.fieldAt(parent)?.value;
        const path = [...parent, Array.isArray(held) ? held.length : 'new key'];
        const value = values[random(values.length)];
        return wrong(text, document, setValue(document, path, value), changed(document.value, path, value)) ?? [];
      }),
    );
    expect(failures.slice(0, 3)).toEqual([]);
  });

  it('remove keys and items, and nothing else', () => {
    const random = seeded(23);
    const failures = files(400, random).flatMap((text) =>
      readYaml('a.yaml', text).documents.flatMap((document) => {
        const paths = pathsOf(document.value);
        const path = paths[random(paths.length)];
        const edit = path && !isShared(text) ? removeValue(document, path) : undefined;
        if (!edit || !path) return [];
        const left = changed(document.value, path, undefined);
        return wrong(text, document, edit, left) ?? [];
      }),
    );
    expect(failures.slice(0, 3)).toEqual([]);
  });

  it('print what is read back as it was', () => {
    const random = seeded(24);
    const read = files(400, random).flatMap((text) => readYaml('a.yaml', text).documents.map(({ value }) => value));
    const failures = read.filter((value) => {
      const [document] = readYaml('b.yaml', printYaml(value, { indentLists: random(2) === 0 })).documents;
      return JSON.stringify(document?.value) !== JSON.stringify(value);
    });
    expect(failures).toEqual([]);
  });
});
