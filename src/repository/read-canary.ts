import { nearestWord } from '../nearest-word.ts';
import type { Canary } from './types.ts';
import { isMap } from './value-at.ts';

const keys = ['tool', 'args', 'mustMatch', 'mustNotMatch'];

/** Reads the annotation `mcp-berth.dev/canary`, or says what is wrong with it. */
export function readCanary(text: string): Canary | { wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { wrong: `is no valid JSON (${error instanceof Error ? error.message.slice(0, 100) : 'unreadable'})` };
  }
  if (!isMap(value)) return { wrong: 'must be a JSON object' };
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    const meant = nearestWord(unknown, keys);
    return {
      wrong: `has the unknown key ${JSON.stringify(unknown.slice(0, 60))}${meant ? `: did you mean ${meant}?` : ''}`,
    };
  }
  const { tool, args = {}, mustMatch, mustNotMatch } = value;
  if (typeof tool !== 'string' || tool === '') return { wrong: 'must name a tool' };
  if (!isMap(args)) return { wrong: 'has args that are no JSON object' };
  if (mustMatch !== undefined && typeof mustMatch !== 'string') return { wrong: 'has a mustMatch that is no text' };
  if (mustNotMatch !== undefined && typeof mustNotMatch !== 'string')
    return { wrong: 'has a mustNotMatch that is no text' };
  return {
    tool,
    args,
    ...(mustMatch === undefined ? {} : { mustMatch }),
    ...(mustNotMatch === undefined ? {} : { mustNotMatch }),
  };
}
