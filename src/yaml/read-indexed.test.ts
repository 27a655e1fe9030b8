import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { mutated, seeded, yamlSamples } from '../../test/support/yaml-mutations.ts';
import type { DocumentNode, Node, Reading } from './node.ts';
import { plainValue } from './plain-value.ts';
import { readIndexed } from './read-indexed.ts';
import { readWithLibrary } from './read-with-library.ts';
import { scalarText } from './scalar-text.ts';

/** Every place and every text of a reading, to compare by. */
function places(documents: readonly DocumentNode[], text: string): string {
  return JSON.stringify(documents.map(({ index, root }) => [index, placesOf(root, text)]));
}

function placesOf(node: Node, text: string): unknown {
  switch (node.kind) {
    case 'scalar':
      return [node.style, scalarText(node, text), node.start, node.end];
    case 'list':
      return [node.start, node.end, node.items.map((item) => placesOf(item, text))];
    case 'map': {
      const keys = node.keys.map((key) => placesOf(key, text));
      return [node.start, node.end, node.names, keys, node.values.map((value) => placesOf(value, text))];
    }
    case 'alias':
      return [node.start, node.end];
  }
}

function valuesOf(documents: readonly DocumentNode[], text: string): unknown[] {
  return documents.map(({ root }) => plainValue(root, text));
}

/** What the full library would have said otherwise. */
function difference(text: string): string | undefined {
  const indexed = readIndexed(text);
  if (!indexed) return undefined;
  const full: Reading = readWithLibrary(text);
  if (full.problems.length > 0) return `accepted, but ${full.problems[0]?.message}: ${JSON.stringify(text)}`;
  const [ours, theirs] = [places(indexed, text), places(full.documents, text)];
  return ours === theirs ? undefined : `${JSON.stringify(text)}\n${ours}\n${theirs}`;
}

describe('the index parser', () => {
  it('reads what manifests are made of, and leaves the rest to the library', () => {
    expect(yamlSamples.map((text) => readIndexed(text) !== undefined)).toEqual([
      ...Array.from({ length: 8 }, () => true),
      false,
      false,
    ]);
  });

  it('gives the same places and values as two full libraries', () => {
    const read = yamlSamples.filter((text) => readIndexed(text));
    expect(read.map((text) => difference(text))).toEqual(read.map(() => undefined));
    expect(read.map((text) => valuesOf(readIndexed(text) ?? [], text))).toEqual(
      read.map((text) => loadAll(text, { schema: CORE_SCHEMA }).filter((value) => value !== null)),
    );
  });

  it.each([1, 2, 3])('accepts no broken document, and reads none differently (mutations, seed %i)', (seed) => {
    const random = seeded(seed);
    const texts = Array.from({ length: 12_000 }, () => mutated(random));
    expect(texts.flatMap((text) => difference(text) ?? []).slice(0, 3)).toEqual([]);
    expect(texts.filter((text) => readIndexed(text)).length).toBeGreaterThan(2000);
  });
});
