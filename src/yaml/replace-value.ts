import { printLiteral } from './print-literal.ts';
import { doubleQuoted, fitsSingleQuotes, isPlainInFlow, printScalar, singleQuoted } from './print-scalar.ts';
import { printBlock, printFlow } from './print-yaml.ts';
import type { Edit, Field } from './types.ts';

/** Writes another value in the place of one, and leaves every other byte. A text keeps its quotes or its block. */
export function replaceValue(field: Field, value: unknown): Edit {
  const { source, position, range } = field;
  const edit = (text: string): Edit => ({ file: position.file, range, text: inBreaksOf(source, text) });
  if (source === '') return edit(` ${inline(value)}`);
  if (typeof value === 'string') return edit(inStyleOf(source, value));
  const block = typeof field.value === 'object' && !/^[[{*]/.test(source);
  return edit(block ? printBlock(value, ' '.repeat(position.column - 1), {}) : inline(value));
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

function inBreaksOf(source: string, text: string): string {
  return source.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
