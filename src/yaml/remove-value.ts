import { behindColon, endOfLine, endOfValue, startOfLine } from './lines.ts';
import type { Edit, Field, Range, YamlDocument, YamlPath } from './types.ts';

/**
 * Takes out the key or the item at a path, with its line and what is said behind it. A map or list that would be left
 * with nothing becomes {} or []. Undefined where there is no such field.
 */
export function removeValue(document: YamlDocument, path: YamlPath): Edit | undefined {
  const field = document.fieldAt(path);
  const parent = path.length > 0 ? document.fieldAt(path.slice(0, -1)) : undefined;
  if (!field || !parent) return undefined;
  const { file, text } = document;
  const siblings = siblingsOf(document, path.slice(0, -1), parent);
  const index = siblings.findIndex(([, end]) => end === Math.max(field.range[1], document.keyAt(path)?.range[1] ?? 0));
  const own = siblings[index];
  if (!own) return undefined;
  const [previous, next] = [siblings[index - 1], siblings[index + 1]];
  const flow = /^[[{]/.test(parent.source);
  const edit = (range: Range, replacement = ''): Edit => ({ file, range, text: replacement });

  if (!previous && !next) {
    const key = document.keyAt(path.slice(0, -1));
    const colon = key && !flow ? behindColon(text, key, parent) : undefined;
    const empty = Array.isArray(parent.value) ? '[]' : '{}';
    return colon === undefined ? edit(parent.range, empty) : edit([colon, parent.range[1]], ` ${empty}`);
  }
  if (flow) return edit(next ? [own[0], next[0]] : [previous?.[1] ?? own[0], own[1]]);

  const line = startOfLine(text, own[0]);
  const end = endOfValue(text, field, own[1]);
  // `- name: x` has its dash on the line: what follows takes the place behind it.
  if (text.slice(line, own[0]).trim() !== '') return edit(next ? [own[0], next[0]] : [previous?.[1] ?? own[0], own[1]]);
  const lineBreak = /^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  if (lineBreak > 0) return edit([line, end + lineBreak]);
  return edit([line === 0 ? 0 : endOfLine(text, Math.max(0, line - 2)), end]);
}

/** Where the entries of a map, or the items of a list with their dashes, begin and end. */
function siblingsOf(document: YamlDocument, path: YamlPath, parent: Field): Range[] {
  const { value } = parent;
  if (Array.isArray(value)) {
    return value.flatMap((_, index): Range[] => {
      const item = document.fieldAt([...path, index]);
      if (!item) return [];
      const start = parent.source.startsWith('-') ? dashBefore(document.text, item, parent) : item.range[0];
      return [[start, item.range[1]]];
    });
  }
  return Object.keys(value as object).flatMap((name): Range[] => {
    const [key, item] = [document.keyAt([...path, name]), document.fieldAt([...path, name])];
    const own = key && item && key.range[0] >= parent.range[0] && key.range[1] <= parent.range[1];
    if (!own) return [];
    return [[key.range[0], Math.max(key.range[1], item.range[1])]];
  });
}

/** The dash of an item, in the column of its list: on the item's line or, behind an anchor or a comment, above it. */
function dashBefore(text: string, item: Field, list: Field): number {
  const column = list.position.column - 1;
  let line = startOfLine(text, item.range[0]);
  while (line > list.range[0] && text[line + column] !== '-') line = startOfLine(text, line - 1);
  return Math.max(line + column, list.range[0]);
}
