import type { z } from 'zod';
import { BerthError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import type { Position } from '../yaml/types.ts';

export interface ConfigProblem {
  position: Position;
  message: string;
  hint?: string;
}

/** What an issue of the schema says to somebody who has the file before them, without its place. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  valueAt: (path: readonly PropertyKey[]) => unknown,
  knownKeys: (path: readonly PropertyKey[], value: unknown) => readonly string[],
): { path: readonly PropertyKey[]; message: string; hint?: string; ofKey: boolean }[] {
  const { path } = issue;
  const name = pathText(path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((unknown) => {
        const keys = knownKeys(path, valueAt(path));
        const meant = nearestWord(unknown, keys);
        return {
          path: [...path, unknown],
          message: `${pathText([...path, unknown])} is no known key`,
          hint: meant ? `Did you mean ${meant}?` : `Known here: ${keys.join(', ')}.`,
          ofKey: true,
        };
      });
    case 'invalid_type':
      return [typeIssue(path, issue.expected, valueAt(path))];
    case 'invalid_value': {
      const value = valueAt(path);
      const choices = issue.values.map(String);
      if (value === undefined) return [missing(path, `Write ${path.at(-1)?.toString()}: ${choices.join(' or ')}.`)];
      const meant = typeof value === 'string' ? nearestWord(value, choices) : undefined;
      const message = `${name} must be ${listed(choices)}, not ${shown(value)}`;
      return [{ path, message, ...(meant ? { hint: `Did you mean ${meant}?` } : {}), ofKey: false }];
    }
    case 'invalid_union':
      return [{ path, message: `${name} must be kubernetes or local, not ${shown(valueAt(path))}`, ofKey: false }];
    case 'invalid_key': {
      const [reason] = issue.issues;
      return [{ path, message: `${name} ${reason?.message ?? 'is no valid key'}`, ofKey: true }];
    }
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'not_multiple_of':
    case 'too_big':
    case 'too_small':
      return [{ path, message: `${name} ${issue.message}`, ofKey: false }];
  }
}

/** All problems in one error; the first gives the position that an editor can jump to. */
export function configInvalid(file: string, problems: readonly ConfigProblem[]): BerthError {
  const sorted = problems.toSorted(
    (a, b) => a.position.line - b.position.line || a.position.column - b.position.column,
  );
  const [first] = sorted;
  const at = first && placeOf(first.position);
  if (first && sorted.length === 1) {
    return new BerthError('CONFIG_INVALID', first.message, {
      at: placeOf(first.position),
      hint: first.hint ?? generalHint,
    });
  }
  const lines = sorted.map(
    ({ position, message, hint }) => `  ${placeOf(position)} ${message}${hint ? `. ${hint}` : ''}`,
  );
  return new BerthError('CONFIG_INVALID', [`${file} has ${sorted.length} errors:`, ...lines].join('\n'), {
    ...(at === undefined ? {} : { at }),
    hint: generalHint,
  });
}

const generalHint = 'Correct it, then run the same command again.';

const placeOf = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

/** As kubectl prints paths: `clients[0].file`. */
function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'berth.yaml';
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function typeIssue(path: readonly PropertyKey[], expected: string, value: unknown) {
  if (value === undefined) return missing(path);
  const message = `${pathText(path)} must be ${typeNames[expected] ?? expected}, not ${shown(value)}`;
  const quote = expected === 'string' && (typeof value === 'number' || typeof value === 'boolean');
  return { path, message, ...(quote ? { hint: 'Put it into quotes, as it is meant.' } : {}), ofKey: false };
}

function missing(path: readonly PropertyKey[], hint?: string) {
  return { path: path.slice(0, -1), message: `${pathText(path)} is missing`, ...(hint ? { hint } : {}), ofKey: true };
}

function listed(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

function shown(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return JSON.stringify(typeof value === 'string' ? value.slice(0, 60) : value);
}
