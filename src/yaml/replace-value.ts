import { inBreaksOf } from './lines.ts';
import { printLiteral } from './print-literal.ts';
import { doubleQuoted, fitsSingleQuotes, isPlainInFlow, printScalar, singleQuoted } from './print-scalar.ts';
import { printBlock, printFlow } from './print-yaml.ts';
import type { Edit, Field } from './types.ts';

/** Writes another value in the place of one, and leaves every other byte. A text keeps its quotes or its block. */
export function replaceValue(field: Field, value: unknown): Edit {
  const { source, position, range } = field;
  const edit = (text: string): Edit => ({ file: position.file, range, text: inBreaksOf(source, text) });
  if (source === '') return edit(` ${inline(value)}`);
  if (isBlock(field)) return edit(inPlaceOfBlock(field, value));
  return edit(typeof value === 'string' ? inStyleOf(source, value) : inline(value));
}

/** What takes the place of another kind of block goes further to the right: a list may stand below its key, a map not. */
function inPlaceOfBlock({ value: before, position }: Field, value: unknown): string {
  const indent = ' '.repeat(position.column - 1);
  const alike = typeof value === 'object' && value !== null && Array.isArray(before) === Array.isArray(value);
  if (alike && Object.keys(value).length > 0) return printBlock(value, indent, { blocks: 'none' });
  return `  ${typeof value === 'object' ? printBlock(value, `${indent}  `, { blocks: 'none' }) : inline(value)}`;
}

function isBlock({ value, source }: Field): boolean {
  return typeof value === 'object' && value !== null && !/^[[{*]/.test(source);
}

function inStyleOf(source: string, value: string): string {
  if (/^[|>]/.test(source)) {
    const indent = /^ *(?=[^ \r\n])/m.exec(source.slice(source.indexOf('\n') + 1))?.[0];
    const literal = indent && !/^[|>][-+]?\d/.test(source) ? printLiteral(value, indent, indent) : undefined;
    // With + the blank lines that follow would become part of the text.
    if (literal && /^\|-?\n/.test(literal)) return literal;
  }
  if (source.startsWith("'") && fitsSingleQuotes(value)) return singleQuoted(value);
  if (source.startsWith('"')) return doubleQuoted(value);
  return inline(value);
}

/** Fits everywhere, within [] and {} too. */
function inline(value: unknown): string {
  if (typeof value !== 'string') return printFlow(value);
  return isPlainInFlow(value) ? printScalar(value) : doubleQuoted(value);
}
