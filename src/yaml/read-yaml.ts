import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Document,
  type Node,
  parseAllDocuments,
} from 'yaml';
import type { Field, Position, YamlDocument, YamlFile, YamlPath, YamlProblem } from './types.ts';

export function readYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const documents: YamlDocument[] = [];
  const problems: YamlProblem[] = [];
  const parsed = parseAllDocuments(text, { lineCounter: lines, merge: true });
  for (const [index, document] of [...parsed].entries()) {
    const [error] = document.errors;
    if (error) problems.push({ message: error.message.split('\n')[0] ?? '', position: positionOf(error.pos[0]) });
    else if (isNode(document.contents))
      documents.push(documentOf(file, index, document, document.contents, positionOf));
  }
  return { file, text, documents, problems };
}

function documentOf(
  file: string,
  index: number,
  document: Document,
  contents: Node,
  positionOf: (offset: number) => Position,
): YamlDocument {
  const [start = 0, end = start] = contents.range ?? [];
  const fieldAt = (path: YamlPath): Field | undefined => {
    const node = path.reduce<Node | undefined>((from, part) => childOf(from, part, document), contents);
    if (!node?.range) return undefined;
    const [from, to] = node.range;
    return { value: undefined, path: path.join('.'), position: positionOf(from), range: [from, to] };
  };
  return {
    file,
    index,
    range: [start, end],
    position: positionOf(start),
    value: document.toJS(),
    fieldAt,
    fields: () => [],
  };
}

function childOf(node: Node | undefined, part: string | number, document: Document): Node | undefined {
  const from = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(from)) return asNode(from.items[Number(part)]);
  if (!isMap(from)) return undefined;
  return asNode(from.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))?.value);
}

function asNode(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}
