import { z } from 'zod';
import { BerthError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import { type Style, defineCommand } from './define-command.ts';

type Explanation = { id: string; page: string } | { pages: { id: string; summary: string }[] };

export const explainCommand = defineCommand({
  name: 'explain',
  summary: 'Say what a rule, an error or a fault means and what to do about it',
  examples: [
    { command: 'berth explain GIT_PUSH_REJECTED', what: 'the page of an error code' },
    { command: 'berth explain', what: 'everything that has a page' },
  ],
  effect: 'reads',
  positionals: ['id'],
  options: z.object({ id: z.string().optional().describe('Rule, error code or fault; none: list them all') }),

  async run({ id }, { handbook }): Promise<Explanation> {
    const pages = await handbook.pages();
    if (id === undefined) {
      const ids = [...pages.keys()].toSorted((a, b) => a.localeCompare(b));
      return { pages: ids.map((known) => ({ id: known, summary: firstSentence(pages.get(known) ?? '') })) };
    }
    const known = [...pages.keys()].find((candidate) => candidate.toLowerCase() === id.toLowerCase());
    const page = known === undefined ? undefined : pages.get(known);
    if (known !== undefined && page !== undefined) return { id: known, page };
    const meant = nearestWord(id, pages.keys());
    throw new BerthError('USAGE', `There is no page on "${id}"`, {
      hint: meant ? `Did you mean ${meant}?` : 'Run "berth explain" for all there are.',
    });
  },

  toText(result, style) {
    if ('page' in result) return pageToText(result.page, style);
    const width = Math.max(0, ...result.pages.map(({ id }) => id.length));
    return result.pages.map(({ id, summary }) => `${style.bold(id.padEnd(width))}  ${style.dim(summary)}`).join('\n');
  },
});

/** The first sentence below the heading. */
function firstSentence(page: string): string {
  const paragraph = page.split(/\n\s*\n/).find((part) => !part.startsWith('#')) ?? '';
  return (/^.*?[.:](?=\s|$)/s.exec(paragraph)?.[0] ?? paragraph).replaceAll(/\s+/g, ' ').replaceAll('`', '');
}

/** Markdown reads well as it is; headings and code get weight. */
function pageToText(page: string, style: Style): string {
  let fenced = false;
  return page
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('```')) {
        fenced = !fenced;
        return [];
      }
      if (fenced) return [`    ${style.dim(line)}`];
      const heading = /^#+ (.*)$/.exec(line)?.[1];
      if (heading !== undefined) return [style.bold(heading)];
      return [line.replaceAll(/`([^`]+)`/g, (_, code: string) => style.bold(code))];
    })
    .join('\n');
}
