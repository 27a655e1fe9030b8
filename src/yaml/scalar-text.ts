import type { ScalarNode } from './node.ts';

/** What a scalar says. The index parser leaves the decoding to who asks first. */
export function scalarText(node: ScalarNode, text: string): string {
  return (node.text ??= decoded(node, text));
}

function decoded({ style, start, end, indent }: ScalarNode, text: string): string {
  switch (style) {
    case '':
      return text.slice(start, end);
    case "'":
      return text.slice(start + 1, end - 1).replaceAll("''", "'");
    case '"': {
      const quoted = text.slice(start, end);
      return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
    }
    case '|':
      return literal(text, start, end, indent);
    case '>':
      return folded(linesOf(text, start, end, indent), text[start + 1] === '-');
  }
}

function literal(text: string, start: number, end: number, indent: number): string {
  const lines = linesOf(text, start, end, indent).join('\n');
  return text[start + 1] === '-' ? lines : `${lines}\n`;
}

/** The lines of a block without their indentation. */
function linesOf(text: string, start: number, end: number, indent: number): string[] {
  const lines: string[] = [];
  for (let at = text.indexOf('\n', start) + 1; at <= end;) {
    const lineBreak = text.indexOf('\n', at);
    const lineEnd = lineBreak < 0 ? end : lineBreak;
    lines.push(text.slice(Math.min(at + indent, lineEnd), lineEnd));
    at = lineEnd + 1;
  }
  return lines;
}

/** Joins lines with a space, but for those that are indented further, and for blank lines. */
function folded(lines: readonly string[], strip: boolean): string {
  let result = '';
  let blank = 0;
  let began = false;
  let wasDeeper = false;
  for (const line of lines) {
    if (line === '') {
      blank += 1;
      continue;
    }
    const deeper = line.startsWith(' ') || line.startsWith('\t');
    if (!began) result += '\n'.repeat(blank);
    else if (deeper || wasDeeper) result += '\n'.repeat(blank + 1);
    else result += blank === 0 ? ' ' : '\n'.repeat(blank);
    result += line;
    [blank, began, wasDeeper] = [0, true, deeper];
  }
  return strip ? result : `${result}\n`;
}
