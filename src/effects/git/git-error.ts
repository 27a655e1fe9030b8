import { BerthError, type ErrorCode } from '../../errors.ts';
import type { GitAnswer } from './run-git.ts';

// oxlint-disable-next-line no-control-regex
const colours = /\x1b\[[0-9;?]*[@-~]/g;

/** What Git or a server said, fit for a terminal: without credentials, control characters and endless output. */
export function words(answer: Pick<GitAnswer, 'stderr'>): string {
  const lines = answer.stderr
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1')
    .replaceAll(colours, '')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '' && !line.startsWith('hint:'));
  return lines
    .slice(-12)
    .map((line) => line.slice(0, 300))
    .join('\n');
}

/** The answer, or an error in Git's own words. */
export function orFail(answer: GitAnswer, what: string, code: ErrorCode = 'GIT_FAILED', hint?: string): GitAnswer {
  if (answer.code === 0) return answer;
  throw new BerthError(code, `${what}: ${words(answer)}`, hint === undefined ? {} : { hint });
}
