import { chars, endsLine, endsToken } from './chars.ts';
import { FlowParser } from './flow-parser.ts';
import { MapBuilder } from './map-builder.ts';
import type { DocumentNode, Node, ScalarNode } from './node.ts';
import { unfamiliar } from './unfamiliar.ts';

/**
 * Reads documents of block maps and lists. Between lines `pos` stands at the first character of a line that says
 * something, `column` is where that stands, and -1 at the end of a document.
 */
export class BlockParser extends FlowParser {
  #lineStart = 0;
  #column = -1;

  documents(): DocumentNode[] {
    const documents: DocumentNode[] = [];
    let index = 0;
    this.#toContent();
    if (this.#column >= 0) documents.push({ index: index++, root: this.#root() });
    while (this.pos < this.text.length) {
      this.pos += '---'.length;
      this.#toNextLine();
      if (this.#column >= 0) documents.push({ index, root: this.#root() });
      index += 1;
    }
    return documents;
  }

  #root(): Node {
    const root = this.#block();
    if (this.#column >= 0) throw unfamiliar;
    return root;
  }

  /** A list or map that begins on a line of its own. */
  #block(): Node {
    return this.#atDash() ? this.#list(this.#column) : this.#map(this.#column, this.inlineScalar(false));
  }

  #list(column: number): Node {
    this.deeper();
    const start = this.pos;
    const items: Node[] = [];
    let end: number;
    do {
      const dash = this.pos;
      this.pos += 1;
      const item = this.#item(column, dash);
      items.push(item);
      ({ end } = item);
    } while (this.#column === column && this.#atDash());
    if (this.#column > column) throw unfamiliar;
    this.depth -= 1;
    return { kind: 'list', start, end, items };
  }

  #item(column: number, dash: number): Node {
    const code = this.skipSpaces();
    if (endsLine(code) || code === chars.hash) {
      this.#toNextLine();
      return this.#column > column ? this.#block() : this.#nothing(dash + 1);
    }
    const ownColumn = this.pos - this.#lineStart;
    if (this.#atDash()) return this.#list(ownColumn);
    if (beginsOther(code)) return this.#other(column, code);
    const scalar = this.inlineScalar(false);
    if (this.#atColon()) return this.#map(ownColumn, scalar);
    return this.#endOfScalar(scalar, column);
  }

  /** The first key is read already: only behind it can be seen that this is a map. */
  #map(column: number, firstKey: ScalarNode): Node {
    this.deeper();
    const map = new MapBuilder(this.text);
    let key = firstKey;
    let end: number;
    for (;;) {
      if (!this.#atColon()) throw unfamiliar;
      this.pos += 1;
      const value = this.#value(column);
      map.add(key, value);
      ({ end } = value);
      if (this.#column < column) break;
      if (this.#column > column || this.#atDash()) throw unfamiliar;
      key = this.inlineScalar(false);
    }
    this.depth -= 1;
    return map.end(firstKey.start, end);
  }

  #value(column: number): Node {
    const colon = this.pos;
    const code = this.skipSpaces();
    if (endsLine(code) || code === chars.hash) {
      this.#toNextLine();
      if (this.#column > column) return this.#block();
      return this.#column === column && this.#atDash() ? this.#list(column) : this.#nothing(colon);
    }
    if (beginsOther(code)) return this.#other(column, code);
    const scalar = this.inlineScalar(false);
    if (this.#atColon()) throw unfamiliar;
    return this.#endOfScalar(scalar, column);
  }

  #other(column: number, code: number): Node {
    if (code === chars.pipe || code === chars.greater) return this.#textBlock(column, code);
    return this.#endOfScalar(this.flow(), column);
  }

  /** What stands deeper on the next line would go on with the scalar. */
  #endOfScalar<T extends Node>(node: T, column: number): T {
    this.#toNextLine();
    if (this.#column > column) throw unfamiliar;
    return node;
  }

  #nothing(at: number): ScalarNode {
    return this.scalar(at, at, '', 0);
  }

  #textBlock(column: number, code: number): Node {
    const { text, pos: start } = this;
    this.pos += text.charCodeAt(start + 1) === chars.dash ? 2 : 1;
    this.#toEndOfLine();
    let at = this.pos + 1;
    let indent = 0;
    let deepestBlank = 0;
    let end = -1;
    for (;;) {
      const line = at;
      // One space further than the indentation tells a line of blanks from a blank line.
      const limit = indent === 0 ? Infinity : line + indent + 1;
      while (at < limit && text.charCodeAt(at) === chars.space) at += 1;
      const first = text.charCodeAt(at);
      if (Number.isNaN(first)) {
        if (at > line) throw unfamiliar;
        break;
      }
      if (first === chars.newline) {
        if (indent === 0) deepestBlank = Math.max(deepestBlank, at - line);
        else if (at - line > indent) end = at;
        at += 1;
        continue;
      }
      if (indent === 0) {
        indent = at - line;
        if (indent <= column || deepestBlank > indent || first === chars.tab) throw unfamiliar;
      } else if (at - line < indent) {
        at = line;
        break;
      }
      end = text.indexOf('\n', at);
      // Readers disagree about a last line without a line break.
      if (end < 0) throw unfamiliar;
      at = end + 1;
    }
    if (end < 0) throw unfamiliar;
    this.pos = at;
    this.#toContent();
    if (this.#column > column) throw unfamiliar;
    return this.scalar(start, end, code === chars.pipe ? '|' : '>', indent);
  }

  #atDash(): boolean {
    return this.text.charCodeAt(this.pos) === chars.dash && endsToken(this.text.charCodeAt(this.pos + 1));
  }

  #atColon(): boolean {
    if (this.skipSpaces() !== chars.colon) return false;
    return endsToken(this.text.charCodeAt(this.pos + 1));
  }

  /** Only blanks and a comment may stand there. */
  #toEndOfLine(): void {
    const before = this.text.charCodeAt(this.pos - 1);
    const from = this.pos;
    const code = this.skipSpaces();
    if (endsLine(code)) return;
    if (code !== chars.hash || (this.pos === from && before !== chars.space)) throw unfamiliar;
    const end = this.text.indexOf('\n', this.pos);
    this.pos = end < 0 ? this.text.length : end;
  }

  #toNextLine(): void {
    this.#toEndOfLine();
    this.pos += 1;
    this.#toContent();
  }

  /** From the beginning of a line to the next that says something. */
  #toContent(): void {
    const { text } = this;
    for (;;) {
      this.#lineStart = this.pos;
      const code = this.skipSpaces();
      if (code === chars.hash) {
        const end = text.indexOf('\n', this.pos);
        this.pos = end < 0 ? text.length : end + 1;
      } else if (code === chars.newline) this.pos += 1;
      else {
        this.#column = Number.isNaN(code) || this.#atMarker() ? -1 : this.pos - this.#lineStart;
        return;
      }
    }
  }

  #atMarker(): boolean {
    if (this.pos !== this.#lineStart) return false;
    if (this.text.startsWith('...', this.pos)) throw unfamiliar;
    return this.text.startsWith('---', this.pos) && endsToken(this.text.charCodeAt(this.pos + 3));
  }
}

function beginsOther(code: number): boolean {
  return code === chars.pipe || code === chars.greater || code === chars.openBracket || code === chars.openBrace;
}
