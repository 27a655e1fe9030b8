/** Character codes that YAML gives a meaning. NaN, behind the end of the text, is none of them. */
export const chars = {
  tab: 0x09,
  newline: 0x0a,
  space: 0x20,
  doubleQuote: 0x22,
  hash: 0x23,
  singleQuote: 0x27,
  plus: 0x2b,
  comma: 0x2c,
  dash: 0x2d,
  dot: 0x2e,
  colon: 0x3a,
  greater: 0x3e,
  question: 0x3f,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  pipe: 0x7c,
  closeBrace: 0x7d,
} as const;

/** A line break or the end of the text. */
export function endsLine(code: number): boolean {
  return code === chars.newline || Number.isNaN(code);
}

export function endsToken(code: number): boolean {
  return code === chars.space || code === chars.newline || Number.isNaN(code);
}

export function isFlowIndicator(code: number): boolean {
  return (
    code === chars.comma ||
    code === chars.openBracket ||
    code === chars.closeBracket ||
    code === chars.openBrace ||
    code === chars.closeBrace
  );
}

/** What no text without quotes begins with, wherever it stands. */
export function cannotBeginPlain(code: number): boolean {
  return code < 128 && forbidden[code] === true;
}

const forbidden = Array.from({ length: 128 }, (_, code) => ',[]{}#&*!|>\'"%@`'.includes(String.fromCharCode(code)));
