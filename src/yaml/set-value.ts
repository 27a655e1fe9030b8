import { behindColon, endOfLine, endOfValue, inBreaksOf } from './lines.ts';
import { printScalar } from './print-scalar.ts';
import { type PrintOptions, printBehindKey, printBlock, printFlow } from './print-yaml.ts';
import { replaceValue } from './replace-value.ts';
import type { Edit, Field, YamlDocument, YamlPath } from './types.ts';
import { printPath } from './yaml-path.ts';

/**
 * Gives the field at a path a value, in the style that the file has: replaces what is there, or inserts the key or the
 * item behind the last one, with the maps and lists that lead to it.
 */
export function setValue(document: YamlDocument, path: YamlPath, value: unknown): Edit {
  const field = document.fieldAt(path);
  if (field) {
    const edit = replaceValue(field, value);
    return { ...edit, text: inBreaksOf(document.text, edit.text) };
  }

  const depth = path.findLastIndex((_, index) => document.fieldAt(path.slice(0, index)) !== undefined);
  const parentPath = path.slice(0, Math.max(0, depth));
  const parent = document.fieldAt(parentPath);
  const part = path[parentPath.length];
  if (!parent || part === undefined) throw new RangeError(`${document.file} has no place for ${printPath(path)}`);
  const child = nested(path.slice(parentPath.length + 1), value);
  return insert(document, parent, parentPath, part, child);
}

function insert(document: YamlDocument, parent: Field, path: YamlPath, part: string | number, child: unknown): Edit {
  const edit = (range: Edit['range'], text: string): Edit => ({
    file: document.file,
    range,
    text: inBreaksOf(document.text, text),
  });
  const { value, source, range } = parent;
  const list = Array.isArray(value) || (value === null && typeof part === 'number');
  const count = Array.isArray(value) ? value.length : isMap(value) ? Object.keys(value).length : 0;
  const container = list ? [child] : { [part]: child };
  if (list && part !== count) throw new RangeError(`${printPath([...path, part])} does not follow the last item`);
  if (value !== null && typeof value !== 'object') throw new RangeError(`${printPath(path)} holds no map and no list`);
  if (source.startsWith('*')) throw new RangeError(`${printPath(path)} is an alias: a change would reach further`);

  if (count === 0) {
    const key = document.keyAt(path);
    const inFlow = isInFlow(document, path);
    const rest = document.text.slice(range[1], endOfLine(document.text, range[1]));
    const colon = key && behindColon(document.text, key, parent);
    if (colon === undefined || inFlow || rest.trim() !== '') {
      return edit(range, `${source === '' ? ' ' : ''}${printFlow(container)}`);
    }
    const indent = ' '.repeat((key?.position.column ?? 1) - 1);
    return edit([colon, range[1]], printBehindKey(container, indent, printOptionsOf(document.text, range[1])));
  }
  // `[a: b]` holds a map without braces.
  if (!/^[[{]/.test(source) && isInFlow(document, path)) {
    return edit(range, `{${source}, ${printFlow(container).slice(1, -1)}}`);
  }
  if (/^[[{]/.test(source)) return intoFlow(parent, list ? printFlow(child) : printFlow(container).slice(1, -1), edit);

  const last = document.fieldAt([...path, list ? count - 1 : (ownNames(document, path, value).at(-1) ?? '')]);
  const end = endOfValue(document.text, last ?? parent, last?.range[1] ?? range[1]);
  const indent = ' '.repeat(parent.position.column - 1);
  const options = printOptionsOf(document.text, end);
  const line = list
    ? `- ${printBlock(child, `${indent}  `, options)}`
    : `${printScalar(String(part))}:${printBehindKey(child, indent, options)}`;
  return edit([end, end], `\n${indent}${line}`);
}

/** Before the closing bracket, with the spaces that stand before it, and its comma where the last item has one. */
function intoFlow({ source, range }: Field, item: string, edit: (range: Edit['range'], text: string) => Edit): Edit {
  const body = source.slice(0, -1).replace(/(?:\s|#[^\n]*(?=\n))+$/, '');
  const at = range[0] + body.length;
  return edit([at, at], body.endsWith(',') ? ` ${item},` : `, ${item}`);
}

/** Names that stand in the map itself: what << brings in stands elsewhere. */
function ownNames(document: YamlDocument, path: YamlPath, value: unknown): string[] {
  const parent = document.fieldAt(path);
  return Object.keys(value as object).filter((name) => {
    const key = document.keyAt([...path, name]);
    return key && parent && key.range[0] >= parent.range[0] && key.range[1] <= parent.range[1];
  });
}

function nested(path: YamlPath, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, part) => (typeof part === 'number' ? [inner] : { [part]: inner }), value);
}

/** Whether a value stands within brackets, or the brackets of what it is in. */
function isInFlow(document: YamlDocument, path: YamlPath): boolean {
  return path.some((_, index) => /^[[{]/.test(document.fieldAt(path.slice(0, index))?.source ?? ''));
}

/**
 * Lists stand below their key or to the right of it: as the first list of the file does. A comment further to the right
 * that follows would become part of a block.
 */
function printOptionsOf(text: string, end: number): PrintOptions {
  const first = /^( *)(?:- +)*[^\s#-][^\n]*:[ \t]*\r?\n( *)- /m.exec(text);
  const beforeComment = /^[^\n]*\n(?:[ \t]*\r?\n)*[ \t]+#/.test(text.slice(end));
  return {
    indentLists: !first || (first[2] ?? '').length > (first[1] ?? '').length,
    blocks: beforeComment ? 'none' : 'closed',
  };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
