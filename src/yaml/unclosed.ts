import { CST } from 'yaml';

/** An opening quote or bracket that nothing closes. */
export interface Unclosed {
  readonly offset: number;
  readonly mark: string;
}

/**
 * Watches the tokens of a file for what is opened and never closed. Parsers notice that where the document ends, which
 * helps nobody: the mistake is at the other end.
 */
export class UnclosedMarks {
  readonly found: Unclosed[] = [];
  #open: Unclosed[] = [];

  #beforeText = false;

  see(source: string, offset: number): void {
    // A plain text or a block follows a mark of its own, and may begin with anything.
    const type = this.#beforeText ? null : CST.tokenType(source);
    this.#beforeText = type === 'scalar';
    if (type === 'flow-seq-start' || type === 'flow-map-start') this.#open.push({ offset, mark: source });
    else if (type === 'flow-seq-end' || type === 'flow-map-end') this.#open.pop();
    else if (type === 'flow-error-end' || type === 'doc-start') this.end();
    else if (type === 'single-quoted-scalar' || type === 'double-quoted-scalar') {
      if (!isClosed(source)) this.found.push({ offset, mark: source.charAt(0) });
    }
  }

  /** What is open at the end of a document stays open; the innermost is named. */
  end(): void {
    const innermost = this.#open.at(-1);
    if (innermost) this.found.push(innermost);
    this.#open = [];
  }
}

function isClosed(quoted: string): boolean {
  const mark = quoted.charAt(0);
  if (quoted.length < 2 || !quoted.endsWith(mark)) return false;
  const escapes = (mark === '"' ? /\\*"$/ : /'*$/).exec(quoted.slice(1))?.[0].length ?? 0;
  return escapes % 2 === 1;
}
