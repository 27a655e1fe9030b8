import { BlockParser } from './block-parser.ts';
import type { DocumentNode } from './node.ts';
import { Unfamiliar } from './unfamiliar.ts';

/**
 * Reads the part of YAML that manifests are written in: block maps and lists, texts on one line, blocks of text, []
 * and {} on one line. Undefined for everything else, right or wrong: that is for the library to say.
 */
export function readIndexed(text: string): DocumentNode[] | undefined {
  if (unfamiliarCharacter.test(text)) return undefined;
  try {
    return new BlockParser(text).documents();
  } catch (error) {
    if (error instanceof Unfamiliar) return undefined;
    throw error;
  }
}

/** Carriage returns, controls, line separators and byte order marks. */
const unfamiliarCharacter = /[^\t\n\x20-\x7E\xA0-\u2027\u202A-\uFEFE\uFF00-\uFFFD]/;
