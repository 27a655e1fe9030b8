import type { YamlFile } from '../yaml/types.ts';

/** A file without some of its documents; undefined where none is left. Everything else keeps its bytes. */
export function withoutDocuments({ text, documents }: YamlFile, indexes: ReadonlySet<number>): string | undefined {
  const kept = documents.filter(({ index }) => !indexes.has(index));
  if (kept.length === 0) return undefined;
  const starts = documents.map(({ range }, at) => (at === 0 ? 0 : separatorBefore(text, range[0])));
  const parts = documents.flatMap(({ index }, at) =>
    indexes.has(index) ? [] : [text.slice(starts[at], starts[at + 1] ?? text.length)],
  );
  const [first = '', ...rest] = parts;
  // What is first now needs no line between it and nothing.
  const opened = documents[0] && indexes.has(documents[0].index) ? first.replace(/^---[ \t]*\r?\n/, '') : first;
  return [opened, ...rest].join('');
}

function separatorBefore(text: string, start: number): number {
  return text.lastIndexOf('\n---', start) + 1;
}
