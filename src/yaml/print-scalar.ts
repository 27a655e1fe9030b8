import { readsDifferently } from './core-schema.ts';

/** A scalar on one line, in quotes only where it must be. */
export function printScalar(value: unknown): string {
  if (typeof value === 'string') return isPlain(value) ? value : doubleQuoted(value);
  if (typeof value === 'number') return printNumber(value);
  return typeof value === 'boolean' ? String(value) : 'null';
}

/** YAML 1.1 knows no exponent without a point: it would read 1e+21 as text. */
function printNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const printed = Object.is(value, -0) ? '-0.0' : String(value);
  return printed.replace(/^(-?\d+)e/, '$1.0e').replace(/e(?=\d)/, 'e+');
}

/** Whether a text can stand without quotes in a block map or list. */
function isPlain(text: string): boolean {
  return (
    /^(?:[^\s"#%&'*,:>?@[\]`{|}!-]|[:?-](?=[^\s,[\]{}]))/.test(text) &&
    isPrintable(text) &&
    !/[\t\n\u00A0\u2028\u2029]|:(?:\s|$)|\s#|\s$|^(?:---|\.\.\.)(?:\s|$)/.test(text) &&
    !readsDifferently(text)
  );
}

/** Whether a text can also stand without quotes within [] and {}. */
export function isPlainInFlow(text: string): boolean {
  return isPlain(text) && !/[,[\]{}?]|:[,[\]{}]/.test(text);
}

/** What YAML lets stand as it is. A byte order mark, unpaired surrogates and controls have to be escaped. */
export function isPrintable(text: string): boolean {
  return !/[^\t\n\x20-\x7E\xA0-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text);
}

export function doubleQuoted(text: string): string {
  // YAML has all of JSON's escapes, and more characters that want one.
  return JSON.stringify(text).replace(
    /[\x7F-\xA0\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Whether single quotes can hold a text on one line. */
export function fitsSingleQuotes(text: string): boolean {
  return isPrintable(text) && !/[\n\u2028\u2029]/.test(text);
}
