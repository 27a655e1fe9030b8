import { type Node, type ParseError, findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import { BerthError } from '../../errors.ts';

const limit = 1_000_000;

/** The tree of a client file that Claude Code itself would accept, as far as its servers go. */
export function parseConfig(text: string, file: string): Node {
  const refuse = (message: string, offset: number): BerthError =>
    new BerthError('CLIENT_CONFIG_INVALID', `${file} ${message}`, {
      at: `${file}:${place(text, offset)}`,
      hint: 'Correct the file, then run the same command again. It was not changed.',
    });

  if (text.length > limit) throw refuse(`has more than ${limit / 1e6} MB`, 0);
  if (tooDeep(text)) throw refuse('is nested too deeply', 0);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error) throw refuse(`is no valid JSON: ${inWords(printParseErrorCode(error.error))}`, error.offset);
  if (root?.type !== 'object') throw refuse('holds no JSON object', root?.offset ?? 0);

  const servers = findNodeAtLocation(root, ['mcpServers']);
  if (servers && servers.type !== 'object')
    throw refuse('has something else than an object in mcpServers', servers.offset);
  for (const object of [root, ...(servers ? [servers] : [])]) {
    const seen = new Set<unknown>();
    for (const property of object.children ?? []) {
      const [key, value] = property.children ?? [];
      if (seen.has(key?.value)) throw refuse(`has "${String(key?.value)}" twice`, property.offset);
      seen.add(key?.value);
      if (object === servers && value?.type !== 'object') {
        throw refuse(`has no object for the server "${String(key?.value)}"`, property.offset);
      }
    }
  }
  return root;
}

/** The parser calls itself for each level; brackets in strings count too, which does no harm. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > 200) return true;
  }
  return false;
}

function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** `CommaExpected` → `comma expected`. */
function inWords(code: string): string {
  return code.replaceAll(/(?<=[a-z])([A-Z])/g, ' $1').toLowerCase();
}
