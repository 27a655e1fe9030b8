import { cannotBeginPlain, chars, endsLine, endsToken, isFlowIndicator } from './chars.ts';
import type { ScalarNode, ScalarStyle } from './node.ts';
import { unfamiliar } from './unfamiliar.ts';

/** Reads scalars on one line. `pos` stands at the first character not read yet. */
export class ScalarParser {
  protected readonly text: string;
  protected pos = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** A scalar in quotes or without, as far as a colon, a comment or the end of the line. */
  protected inlineScalar(inFlow: boolean): ScalarNode {
    const code = this.text.charCodeAt(this.pos);
    if (code === chars.doubleQuote) return this.#doubleQuoted();
    return code === chars.singleQuote ? this.#singleQuoted() : this.#plain(inFlow);
  }

  protected scalar(start: number, end: number, style: ScalarStyle, indent: number): ScalarNode {
    return { kind: 'scalar', start, end, style, indent, text: undefined, tag: undefined };
  }

  protected skipSpaces(): number {
    const { text } = this;
    let code = text.charCodeAt(this.pos);
    while (code === chars.space) code = text.charCodeAt((this.pos += 1));
    if (code === chars.tab) throw unfamiliar;
    return code;
  }

  #plain(inFlow: boolean): ScalarNode {
    const { text, pos: start } = this;
    let code = text.charCodeAt(start);
    if (cannotBeginPlain(code) || endsLine(code)) throw unfamiliar;
    if (code === chars.dash || code === chars.question || code === chars.colon) {
      const next = text.charCodeAt(start + 1);
      if (endsToken(next) || next === chars.tab) throw unfamiliar;
      if (inFlow && (code !== chars.dash || isFlowIndicator(next))) throw unfamiliar;
    }
    let at = start;
    let end = start;
    while (!endsLine(code)) {
      if (code === chars.tab) throw unfamiliar;
      if (code === chars.colon) {
        const next = text.charCodeAt(at + 1);
        if (endsToken(next) || (inFlow && isFlowIndicator(next))) break;
        if (next === chars.tab) throw unfamiliar;
      } else if (code === chars.hash) {
        if (text.charCodeAt(at - 1) === chars.space) break;
      } else if (inFlow && isFlowIndicator(code)) break;
      at += 1;
      if (code !== chars.space) end = at;
      code = text.charCodeAt(at);
    }
    // A comment begins behind the space before it.
    this.pos = end;
    return this.scalar(start, end, '', 0);
  }

  #singleQuoted(): ScalarNode {
    const { text, pos: start } = this;
    let at = start + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (endsLine(code) || code === chars.tab) throw unfamiliar;
      if (code === chars.singleQuote) {
        if (text.charCodeAt(at + 1) !== chars.singleQuote) break;
        at += 1;
      }
      at += 1;
    }
    this.pos = at + 1;
    return this.scalar(start, this.pos, "'", 0);
  }

  /** With the escapes that JSON has too. */
  #doubleQuoted(): ScalarNode {
    const { text, pos: start } = this;
    let at = start + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (endsLine(code) || code === chars.tab) throw unfamiliar;
      if (code === chars.doubleQuote) break;
      if (code === chars.backslash) at += this.#escapeLength(at + 1);
      at += 1;
    }
    this.pos = at + 1;
    return this.scalar(start, this.pos, '"', 0);
  }

  #escapeLength(at: number): number {
    const char = this.text.charAt(at);
    if (char === 'u' && /^[\da-fA-F]{4}$/.test(this.text.slice(at + 1, at + 5))) return 5;
    if (char !== '' && '"\\/bfnrt'.includes(char)) return 1;
    throw unfamiliar;
  }
}
