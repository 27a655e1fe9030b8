import type { Field } from './types.ts';

/** Where the line ends that an offset lies in, before its line break. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}

export function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The line break that the file uses. */
export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Gives new text the line breaks of a file. */
export function inBreaksOf(text: string, added: string): string {
  return lineBreakOf(text) === '\n' ? added : added.replaceAll(/\r?\n/g, '\r\n');
}

/** Where the last line of a value ends; of a block that keeps the blank lines below it, the last of those. */
export function endOfValue(text: string, { source }: Pick<Field, 'source'>, offset: number): number {
  const end = endOfLine(text, offset);
  if (!/^[|>]\d?\+/.test(source)) return end;
  const blank = /^(?:\r?\n[ \t]*(?=\r?\n))*/.exec(text.slice(end))?.[0] ?? '';
  return end + blank.length;
}

/** The place behind a key's colon, where nothing but blanks stand before its value. */
export function behindColon(text: string, key: Field, value: Field): number | undefined {
  const between = /^[ \t]*:(?=\s*$)/.exec(text.slice(key.range[1], value.range[0]));
  return between ? key.range[1] + between[0].length : undefined;
}
