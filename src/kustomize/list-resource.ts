import { endOfLine, lineBreakOf, startOfLine } from '../yaml/lines.ts';
import type { Edit, YamlFile } from '../yaml/types.ts';
import { type Entry, type ResourceEntries, resourceEntries, sameEntry } from './resource-entries.ts';

/**
 * Lists a file in a kustomization, in the style that it has: its indentation, its quotes, its `./`, sorted where the
 * list is sorted. Undefined where the file is listed already.
 */
export function listResource(yaml: YamlFile, entry: string): Edit | undefined {
  const entries = resourceEntries(yaml);
  const listed = 'entries' in entries ? entries.entries : [];
  if (listed.some(({ text }) => sameEntry(text, entry))) return undefined;

  const { file, text } = yaml;
  const path = inPathStyle(entry, listed);
  const item = inStyle(path, listed, text);
  switch (entries.form) {
    case 'absent':
      return { file, ...addKey(text, entries, item) };
    case 'empty': {
      const { keyEnd, valueEnd } = entries;
      const end = endOfLine(text, valueEnd);
      const lines = `${text.slice(valueEnd, end)}${lineBreakOf(text)}${itemPrefix(text)}${item}`;
      return { file, range: [keyEnd, end], text: lines };
    }
    case 'flow':
      return { file, ...addToFlow(text, entries.entries, path, item) };
    case 'block':
      return { file, ...addToBlock(text, entries.keyEnd, entries.entries, path, item) };
  }
}

type Change = Omit<Edit, 'file'>;

function addKey(text: string, { document }: ResourceEntries & { form: 'absent' }, item: string): Change {
  const eol = lineBreakOf(text);
  const map = document && text.slice(...document.range).trimEnd();
  if (document && map?.startsWith('{')) {
    const end = document.range[0] + map.length - 1;
    const rest = map.slice(1, -1).trim();
    const comma = rest === '' || rest.endsWith(',') ? '' : ', ';
    const last = document.range[0] + map.slice(0, -1).trimEnd().length;
    return { range: [last, end], text: `${comma}${rest === '' ? ' ' : ''}resources: [${item}] ` };
  }
  // Behind the last line that says something, so that comments at the end stay at the end.
  const content = map ? (document?.range[0] ?? 0) + map.length : text.trimEnd().length;
  const end = endOfLine(text, content);
  const before = text.slice(0, end).trim() === '' ? '' : eol;
  const after = end === text.length ? eol : '';
  return { range: [end, end], text: `${before}resources:${eol}${itemPrefix(text)}${item}${after}` };
}

function addToFlow(text: string, entries: readonly Entry[], entry: string, item: string): Change {
  const index = placeOf(entry, entries);
  const next = entries[index];
  const previous = entries[index - 1];
  if (next) {
    const gap = previous ? text.slice(previous.range[1], next.range[0]) : ', ';
    return { range: [next.range[0], next.range[0]], text: `${item}${gap.includes('#') ? ', ' : gap}` };
  }
  const last = entries[entries.length - 1];
  const end = last?.range[1] ?? 0;
  const trailing = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  const line = text.slice(startOfLine(text, last?.range[0] ?? 0), last?.range[0] ?? 0);
  const gap = line.trim() === '' ? `${lineBreakOf(text)}${line}` : ' ';
  const at = end + trailing;
  return { range: [at, at], text: trailing > 0 ? `${gap}${item},` : `,${gap}${item}` };
}

function addToBlock(text: string, keyEnd: number, entries: readonly Entry[], entry: string, item: string): Change {
  const index = placeOf(entry, entries);
  const previous = entries[index - 1];
  const model = previous ?? entries[index];
  const start = model ? model.range[0] : keyEnd;
  const prefix = text.slice(startOfLine(text, start), start);
  // What is said about an entry stands above it or behind it: the new one goes after the line of the one before.
  const at = endOfLine(text, previous ? previous.range[1] : keyEnd);
  return { range: [at, at], text: `${lineBreakOf(text)}${prefix}${item}` };
}

/** At the end, or where it belongs in a list of several that is sorted. */
function placeOf(entry: string, entries: readonly Entry[]): number {
  const sorted = entries.length > 1 && entries.every(({ text }, index) => (entries[index - 1]?.text ?? '') <= text);
  if (!sorted) return entries.length;
  const after = entries.findIndex(({ text }) => text > entry);
  return after < 0 ? entries.length : after;
}

/** With `./` in front where the others have that. */
function inPathStyle(entry: string, entries: readonly Entry[]): string {
  const dotted = entries.length > 0 && entries.every((one) => /^\.{1,2}\//.test(one.text));
  return dotted && !/^\.{1,2}\//.test(entry) ? `./${entry}` : entry;
}

function inStyle(path: string, entries: readonly Entry[], text: string): string {
  const written = entries.map(({ range }) => text.slice(...range));
  const quote = ['"', "'"].find((mark) => written.length > 0 && written.every((one) => one.startsWith(mark)));
  if (quote === "'") return `'${path.replaceAll("'", "''")}'`;
  return quote === '"' || !/^[A-Za-z0-9._/][\w./-]*$/.test(path) ? JSON.stringify(path) : path;
}

/** How other lists of the file begin their lines. */
function itemPrefix(text: string): string {
  return /^\S[^\n]*:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*([ \t]*-[ \t]+)/m.exec(text)?.[1] ?? '  - ';
}
