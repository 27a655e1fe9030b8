/** The known word that a misspelt one most likely means; undefined where none is near. */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  const typed = word.toLowerCase().slice(0, 100);
  const words = [...known];
  const begun = words.filter((candidate) => typed.length > 1 && candidate.toLowerCase().startsWith(typed));
  if (begun.length === 1) return begun[0];

  let best: { word: string; distance: number } | undefined;
  for (const candidate of words) {
    const distance = editDistance(typed, candidate.toLowerCase().slice(0, 100));
    const near = distance <= Math.max(1, Math.floor(Math.min(typed.length, candidate.length) / 3));
    if (near && (best === undefined || distance < best.distance)) best = { word: candidate, distance };
  }
  return best?.word;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = at(last, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? at(beforeLast, j - 2) + 1 : Infinity;
      row.push(Math.min(replaced, at(last, j) + 1, at(row, j - 1) + 1, swapped));
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, to.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
