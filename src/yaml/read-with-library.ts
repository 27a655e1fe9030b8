import { Composer, Lexer, Parser } from 'yaml';
import { convertDocument } from './convert-document.ts';
import { limits } from './limits.ts';
import type { DocumentNode, ProblemAt, Reading } from './node.ts';
import { type Unclosed, UnclosedMarks } from './unclosed.ts';

/** Reads all of YAML with a full library. It is slower than readIndexed, and has the last word on what is wrong. */
export function readWithLibrary(text: string, maxTokens: number = limits.tokens): Reading {
  const control = controlCharacter.exec(text);
  if (control) {
    // kubectl's reader stops here as well, whatever else the file holds.
    return {
      documents: [],
      problems: [{ code: 'CONTROL_CHARACTER', offset: control.index, message: '', document: 0 }],
    };
  }
  const documents: DocumentNode[] = [];
  const problems: ProblemAt[] = [];
  const { parsed, unclosed, stopped } = compose(text, maxTokens);

  for (const [index, document] of parsed.entries()) {
    const [error] = document.errors;
    const [start] = document.range;
    if (error) {
      const [message = ''] = error.message.split('\n');
      const problem = { code: error.code, offset: Math.min(error.pos[0], text.length), message, document: start };
      problems.push(atOpening(problem, unclosed));
      continue;
    }
    const { root, problem } = convertDocument(document, text);
    if (problem) problems.push({ ...problem, document: start });
    else if (root) documents.push({ index, root });
  }
  return { documents, problems: stopped ? [...problems, stopped] : problems };
}

const controlCharacter = /[^\t\n\r\x20-\x7E\x85\xA0-\uFFFD]/;

type Composed = ReturnType<Composer['next']> extends Iterable<infer T> ? T : never;

interface Composition {
  parsed: Composed[];
  unclosed: readonly Unclosed[];
  stopped?: ProblemAt;
}

function compose(text: string, maxTokens: number): Composition {
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
  const marks = new UnclosedMarks();
  let document = 0;
  let tokens = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const { offset } = parser;
    marks.see(lexeme, offset);
    for (const token of parser.next(lexeme)) parsed.push(...composer.next(token));
    tokens += 1;
    const code = parser.stack.length > limits.depth ? 'TOO_DEEP' : tokens > maxTokens ? 'TOO_LARGE' : undefined;
    if (code) {
      parsed.push(...composer.end(false, document));
      return { parsed, unclosed: marks.found, stopped: { code, offset, message: '', document } };
    }
    if (parser.stack.length === 0) document = parser.offset;
  }
  marks.end();
  for (const token of parser.end()) parsed.push(...composer.next(token));
  parsed.push(...composer.end(false, text.length));
  return { parsed, unclosed: marks.found };
}

/** What is never closed is wrong where it was opened. */
function atOpening(problem: ProblemAt, unclosed: readonly Unclosed[]): ProblemAt {
  const { code, message, offset, document } = problem;
  const quote = /closing (['"])quote/.exec(message)?.[1];
  const bracket = quote === undefined && /^Flow (?:map|sequence)|flow collection|must end with/i.test(message);
  if ((code !== 'MISSING_CHAR' && code !== 'BAD_INDENT') || (quote === undefined && !bracket)) return problem;
  const opened = unclosed.findLast(
    (one) => one.offset >= document && one.offset <= offset && (quote ? one.mark === quote : '[{'.includes(one.mark)),
  );
  return opened ? { ...problem, code: 'UNCLOSED', offset: opened.offset, message: opened.mark } : problem;
}
