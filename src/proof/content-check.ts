import { RE2JS } from 're2js';
import { BerthError } from '../errors.ts';
import type { Canary } from '../repository/types.ts';
import type { CallObservation } from './types.ts';

/**
 * What a canary asks of an answer's content; undefined where it asks nothing. Error: USAGE for what is no expression.
 */
export function contentCheck(
  { mustMatch, mustNotMatch }: Pick<Canary, 'mustMatch' | 'mustNotMatch'>,
  whose?: string,
): ((result: NonNullable<CallObservation['result']>) => ContentFlaw | null) | undefined {
  const spell = (name: string): string => (whose === undefined ? name : `${name} of ${whose}`);
  const wanted = mustMatch === undefined ? undefined : compile(mustMatch, spell('mustMatch'));
  const unwanted = mustNotMatch === undefined ? undefined : compile(mustNotMatch, spell('mustNotMatch'));
  if (!wanted && !unwanted) return undefined;
  return (result) => {
    const texts = textsOf(result);
    if (wanted && !texts.some((text) => wanted.test(text))) return { kind: 'missing', expression: mustMatch ?? '' };
    if (unwanted && texts.some((text) => unwanted.test(text)))
      return { kind: 'forbidden', expression: mustNotMatch ?? '' };
    return null;
  };
}

export interface ContentFlaw {
  kind: 'missing' | 'forbidden';
  expression: string;
}

/** Matching takes linear time, and this much text no longer than a second. */
const longest = 1024 * 1024;

/** The text that a person would read, and the structured content as JSON. */
function textsOf({ text, structured }: NonNullable<CallObservation['result']>): string[] {
  return [text, ...(structured === undefined ? [] : [JSON.stringify(structured)])].map((each) =>
    each.slice(0, longest),
  );
}

function compile(expression: string, name: string): RE2JS {
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'unreadable';
    throw new BerthError('USAGE', `${name} is no regular expression: ${reason.slice(0, 200)}`, {
      hint: 'The syntax is that of RE2: no look-around and no back-references, so that no answer takes long to match.',
      cause: error,
    });
  }
}
