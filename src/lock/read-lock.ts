import { type Node, type ParseError, findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import { BerthError } from '../errors.ts';
import { nestedDeeper } from '../nested-deeper.ts';
import { lockSchema } from './lock-schema.ts';
import type { Lock } from './types.ts';

/** Where the lock stands, from the repository's root. */
export const lockFile = 'berth.lock';

const longest = 8 * 1024 * 1024;

/** What `berth.lock` says; without the file, nothing was proven yet. Error: LOCK_INVALID, with the line. */
export function readLock(text: string | undefined): Lock {
  if (text === undefined) return { version: 1, servers: {} };
  const conflict = /^(?:<{7}|={7}|>{7})/m.exec(text);
  if (conflict) throw invalid(text, conflict.index, 'holds both sides of a merge', 'Take either side');
  if (text.length > longest || nestedDeeper(text, 20))
    throw invalid(text, 0, 'is too large or nests too deep for a lock');

  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (!tree || error) throw invalid(text, error?.offset ?? 0, `is no valid JSON (${errorName(error)})`);
  const parsed = lockSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;

  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []).filter((key) => typeof key !== 'symbol');
  if (path[0] === 'version') {
    throw invalid(text, place(tree, path), 'is of another version than 1', 'Use the berth that wrote it');
  }
  const where = path.length > 0 ? path.join('.') : 'the file';
  throw invalid(text, place(tree, path), `does not follow its form: ${where}: ${issue?.message ?? 'unreadable'}`);
}

/** The nearest place that is there: a key that is missing is reported at what lacks it. */
function place(tree: Node, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return tree.offset;
}

function invalid(text: string, offset: number, what: string, repair = 'Take it from Git'): BerthError {
  const before = text.slice(0, offset).split('\n');
  return new BerthError('LOCK_INVALID', `${lockFile} ${what}`, {
    at: `${lockFile}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`,
    hint: `${repair} (git checkout -- ${lockFile}), or remove it and prove the servers again: it is written by each deploy.`,
  });
}

const errorName = (error: ParseError | undefined): string =>
  (error ? printParseErrorCode(error.error) : 'empty').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
