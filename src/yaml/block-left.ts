import { startOfLine } from './lines.ts';
import type { ProblemAt } from './node.ts';

interface BlockLeft {
  /** Where the block's `|` or `>` stands. */
  began: number;
  /** The first character of the line that ended it. */
  offset: number;
  /** Columns of its first line. */
  indent: number;
}

/**
 * Embedded source that leaves its block is the most frequent way in which manifests break, and parsers name a line
 * further down. Looks for the block that ended last before the problem, at a line that continues no map or list.
 */
export function blockLeftAt(text: string, problem: ProblemAt): BlockLeft | undefined {
  let open: { began: number; parent: number; indent: number; columns: number[] } | undefined;
  let left: BlockLeft | undefined;
  let columns: number[] = [];
  const endOfProblem = lineBreakAfter(text, problem.offset);

  for (
    let start = startOfLine(text, problem.document);
    start <= endOfProblem;
    start = lineBreakAfter(text, start) + 1
  ) {
    const line = text.slice(start, lineBreakAfter(text, start));
    const column = line.search(/[^ \r]/);
    if (column < 0) {
      if (start >= text.length) break;
      continue;
    }
    if (open && (open.indent === 0 ? column > open.parent : column >= open.indent)) {
      open.indent ||= column;
      continue;
    }
    if (open && open.indent > 0 && !continues(line, column, columns)) {
      left = { began: open.began, offset: start + column, indent: open.indent };
      break;
    }
    open = undefined;
    columns = [...columns.filter((one) => one < column), ...keyColumns(line)];
    const header = line.length > longestHeader ? null : /(?:^|[\s:-])([|>])[-+\d]*[ \t]*(?:#.*)?\r?$/.exec(line);
    if (header && /^[ ]*(?:- +)*(?:[^#\s].*:|-)[ \t]+(?:[!&]\S+[ \t]+)*[|>][-+\d]*[ \t]*(?:#.*)?\r?$/.test(line)) {
      const began = start + header.index + header[0].indexOf(header[1] ?? '|');
      open = { began, parent: columns.at(-1) ?? 0, indent: 0, columns };
    }
  }
  return left;
}

/** Longer lines than this begin no block that anyone means. */
const longestHeader = 2000;

/** Whether a line may stand outside the block: a key or item where keys or items stand already, a comment, a marker. */
function continues(line: string, column: number, columns: readonly number[]): boolean {
  const content = line.slice(column).trimEnd();
  if (content.startsWith('#') || /^(?:---|\.\.\.)(?:\s|$)/.test(content)) return true;
  if (!columns.includes(column)) return false;
  return /^-(?:\s|$)/.test(content) || /^(?:"[^"]*"|'[^']*'|[\w./$-]+)\s*:(?:\s|$)/.test(content);
}

/** Where the dashes and the key of a line begin. */
function keyColumns(line: string): number[] {
  const [prefix = ''] = /^ *(?:-[ ]+)*/.exec(line) ?? [];
  const dashes = Array.from(prefix.matchAll(/-/g), ({ index }) => index);
  return [...dashes, prefix.length];
}

/** With a carriage return. */
function lineBreakAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
