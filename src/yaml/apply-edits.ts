import type { Edit } from './types.ts';

/** A text after edits of one file. Edits that overlap mean different things by the same bytes, and are refused. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = edits.toSorted((left, right) => left.range[0] - right.range[0] || left.range[1] - right.range[1]);
  let result = '';
  let at = 0;
  for (const { file, range, text: replacement } of sorted) {
    const [start, end] = range;
    if (start < at || end < start || end > text.length) throw new RangeError(`edits of ${file} overlap at ${start}`);
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}
