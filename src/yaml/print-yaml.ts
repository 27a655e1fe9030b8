import { printLiteral } from './print-literal.ts';
import { doubleQuoted, isPlainInFlow, printScalar } from './print-scalar.ts';

export interface PrintOptions {
  /** Puts the items of a list two columns to the right of its key; kubectl leaves them below it. */
  indentLists?: boolean;
  /**
   * Which texts of several lines become blocks. Blank lines of a file would become part of a block that keeps those at
   * its end; a comment behind a value would become part of any.
   */
  blocks?: 'all' | 'closed' | 'none';
}

/** A document for a new file, as kubectl prints them. Existing files are changed by range instead. */
export function printYaml(document: unknown, options: PrintOptions = {}): string {
  return `${printBlock(document, '', options)}\n`;
}

/** Several documents in one file. */
export function printDocuments(documents: readonly unknown[], options: PrintOptions = {}): string {
  return documents.map((document) => printYaml(document, options)).join('---\n');
}

/** A value in lines, without a line break at the end. The first line is not indented: something stands before it. */
export function printBlock(value: unknown, indent: string, options: PrintOptions): string {
  if (Array.isArray(value) && value.length > 0) return printList(value, indent, options);
  if (isMap(value) && entriesOf(value).length > 0) return printMap(value, indent, options);
  // At the outermost level readers disagree about the indentation of a block of text.
  return indent === '' ? printFlow(value) : printLeaf(value, indent, options);
}

/** A value on one line. */
export function printFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => printFlow(item)).join(', ')}]`;
  if (isMap(value)) {
    const entries = entriesOf(value).map(([key, child]) => `${printFlow(key)}: ${printFlow(child)}`);
    return entries.length > 0 ? `{${entries.join(', ')}}` : '{}';
  }
  return typeof value === 'string' && !isPlainInFlow(value) ? doubleQuoted(value) : printScalar(value);
}

/** What stands behind the colon of a key: on its line, or below it. */
export function printBehindKey(value: unknown, indent: string, options: PrintOptions): string {
  if (Array.isArray(value) && value.length > 0) {
    const deeper = options.indentLists ? `${indent}  ` : indent;
    return `\n${deeper}${printList(value, deeper, options)}`;
  }
  if (isMap(value) && entriesOf(value).length > 0) return `\n${indent}  ${printMap(value, `${indent}  `, options)}`;
  return ` ${printLeaf(value, `${indent}  `, options)}`;
}

function printLeaf(value: unknown, indent: string, { blocks = 'all' }: PrintOptions): string {
  if (Array.isArray(value)) return '[]';
  if (isMap(value)) return '{}';
  if (typeof value !== 'string' || blocks === 'none') return printScalar(value);
  if (blocks === 'closed' && value.endsWith('\n\n')) return printScalar(value);
  return printLiteral(value, indent) ?? printScalar(value);
}

function printMap(map: Record<string, unknown>, indent: string, options: PrintOptions): string {
  return entriesOf(map)
    .map(([key, value]) => `${printScalar(key)}:${printBehindKey(value, indent, options)}`)
    .join(`\n${indent}`);
}

function printList(list: readonly unknown[], indent: string, options: PrintOptions): string {
  return list.map((item) => `- ${printBlock(item, `${indent}  `, options)}`).join(`\n${indent}`);
}

/** Keys without a value are left out, as JSON does. */
function entriesOf(map: Record<string, unknown>): [string, unknown][] {
  return Object.entries(map).filter(([, value]) => value !== undefined);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
