import { chars, endsToken, isFlowIndicator } from './chars.ts';
import { MapBuilder } from './map-builder.ts';
import type { Node } from './node.ts';
import { ScalarParser } from './scalar-parser.ts';
import { unfamiliar } from './unfamiliar.ts';

/** Reads lists and maps in brackets that stand on one line. */
export class FlowParser extends ScalarParser {
  protected depth = 0;

  protected deeper(): void {
    this.depth += 1;
    // Far below what the library takes, so that it is the one to speak of depth.
    if (this.depth > 64) throw unfamiliar;
  }

  protected flow(): Node {
    this.deeper();
    const node = this.text.charCodeAt(this.pos) === chars.openBracket ? this.#list() : this.#map();
    this.depth -= 1;
    return node;
  }

  #list(): Node {
    const start = this.pos;
    const items: Node[] = [];
    this.pos += 1;
    while (this.skipSpaces() !== chars.closeBracket) {
      items.push(this.#value());
      this.#comma(chars.closeBracket);
    }
    this.pos += 1;
    return { kind: 'list', start, end: this.pos, items };
  }

  #map(): Node {
    const start = this.pos;
    const map = new MapBuilder(this.text);
    this.pos += 1;
    while (this.skipSpaces() !== chars.closeBrace) {
      const key = this.inlineScalar(true);
      if (this.skipSpaces() !== chars.colon) throw unfamiliar;
      const next = this.text.charCodeAt(this.pos + 1);
      if (key.style === '' && !endsToken(next) && !isFlowIndicator(next)) throw unfamiliar;
      this.pos += 1;
      this.skipSpaces();
      map.add(key, this.#value());
      this.#comma(chars.closeBrace);
    }
    this.pos += 1;
    return map.end(start, this.pos);
  }

  #value(): Node {
    const code = this.text.charCodeAt(this.pos);
    return code === chars.openBracket || code === chars.openBrace ? this.flow() : this.inlineScalar(true);
  }

  #comma(close: number): void {
    const code = this.skipSpaces();
    if (code === chars.comma) this.pos += 1;
    else if (code !== close) throw unfamiliar;
  }
}
