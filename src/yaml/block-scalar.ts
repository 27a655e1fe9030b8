/** How many columns the lines of a block scalar lose, from what was read out of it. */
export function blockIndent(text: string, start: number, end: number, content: string): number {
  const body = bodyOf(text, start);
  const raw = /^[ ]*[^ \r\n]/m.exec(text.slice(body, end));
  const read = /^[ ]*[^ \r\n]/m.exec(content);
  if (raw && read) return raw[0].length - read[0].length;
  return Math.max(
    0,
    ...text
      .slice(body, end)
      .split(/\r?\n/)
      .map((line) => line.length),
  );
}

/** Where the last line ends that a block scalar has anything in, before its line break. */
export function endOfBlock(text: string, block: number, end: number, indent: number): number {
  const body = bodyOf(text, block);
  let last = end;
  while (last > body) {
    const start = Math.max(body, text.lastIndexOf('\n', last - 1) + 1);
    const line = text.slice(start, last).replace(/\r$/, '');
    if (line.length > indent || !/^ *$/.test(line)) return start + line.length;
    last = start - 1;
  }
  return endOfHeader(text, block);
}

/** Behind the line of `|-`. */
function bodyOf(text: string, start: number): number {
  const lineBreak = text.indexOf('\n', start);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}

function endOfHeader(text: string, start: number): number {
  return start + (/^[|>][-+\d]*/.exec(text.slice(start, start + 4))?.[0].length ?? 1);
}
