import { documentOf } from './document-of.ts';
import { LineIndex } from './line-index.ts';
import { problemOf } from './problem-of.ts';
import { readIndexed } from './read-indexed.ts';
import { readWithLibrary } from './read-with-library.ts';
import type { YamlFile } from './types.ts';
import { whyUnreadable } from './unreadable-text.ts';

/** Reads a file of YAML documents. Whatever stands in it, this neither throws nor takes long. */
export function readYaml(file: string, text: string): YamlFile {
  const why = whyUnreadable(text);
  if (why) {
    const problem = { message: `it ${why.message}`, hint: why.hint, position: { file, line: 1, column: 1 } };
    return { file, text, documents: [], problems: [problem] };
  }
  const indexed = readIndexed(text);
  const reading = indexed ? { documents: indexed, problems: [] } : readWithLibrary(text);
  const lines = new LineIndex(file, text);
  return {
    file,
    text,
    documents: reading.documents.map((document) => documentOf(file, text, document, lines)),
    problems: reading.problems.map((problem) => problemOf(text, problem, lines)),
  };
}
