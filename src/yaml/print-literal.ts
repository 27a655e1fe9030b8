import { isPrintable } from './print-scalar.ts';

/** A text of several lines as a literal block, its lines indented; undefined for one that no block can hold. */
export function printLiteral(text: string, indent: string, step = '  '): string | undefined {
  if (!text.includes('\n') || !isPrintable(text) || /[\u2028\u2029]/.test(text)) return undefined;
  const body = text.replace(/\n+$/, '');
  // What only blanks make out is too easily lost in an editor; in a quoted text it can be seen.
  if (body === '' || /^\s*$/m.test(body.slice(body.lastIndexOf('\n') + 1)) || /^[\t\n]|^ *\n/.test(text))
    return undefined;
  const breaks = text.length - body.length;
  const indicator = body.startsWith(' ') ? String(step.length) : '';
  const chomping = breaks === 0 ? '-' : breaks === 1 ? '' : '+';
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${indent}${line}`));
  return `|${indicator}${chomping}\n${lines.join('\n')}${'\n'.repeat(Math.max(0, breaks - 1))}`;
}
