import { Composer, Lexer, Parser } from 'yaml';
import { convertDocument } from './convert-document.ts';
import { limits } from './limits.ts';
import type { DocumentNode, ProblemAt, Reading } from './node.ts';

/** Reads all of YAML with a full library. It is slower than readIndexed, and has the last word on what is wrong. */
export function readWithLibrary(text: string): Reading {
  const documents: DocumentNode[] = [];
  const problems: ProblemAt[] = [];
  const { parsed, tooDeep } = compose(text);

  for (const [index, document] of parsed.entries()) {
    const [error] = document.errors;
    const start = document.range[0];
    if (error) {
      const [message = ''] = error.message.split('\n');
      problems.push({ code: error.code, offset: Math.min(error.pos[0], text.length), message, document: start });
      continue;
    }
    const { root, problem } = convertDocument(document, text);
    if (problem) problems.push({ ...problem, document: start });
    else if (root) documents.push({ index, root });
  }
  return { documents, problems: tooDeep ? [...problems, tooDeep] : problems };
}

type Composed = ReturnType<Composer['next']> extends Iterable<infer T> ? T : never;

function compose(text: string): { parsed: Composed[]; tooDeep: ProblemAt | undefined } {
  const parser = new Parser();
  // Values are read by readers of our own, so that both give the same; a document's own %YAML changes nothing.
  const composer = new Composer({
    schema: 'failsafe',
    uniqueKeys: false,
    merge: false,
    logLevel: 'silent',
    prettyErrors: false,
  });
  const parsed: Composed[] = [];
  let start = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) parsed.push(...composer.next(token));
    if (parser.stack.length > limits.depth) {
      return { parsed, tooDeep: { code: 'TOO_DEEP', offset: parser.offset, message: '', document: start } };
    }
    if (parser.stack.length === 0) start = parser.offset;
  }
  for (const token of parser.end()) parsed.push(...composer.next(token));
  parsed.push(...composer.end(false, text.length));
  return { parsed, tooDeep: undefined };
}
