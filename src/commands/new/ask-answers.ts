import { BerthError } from '../../errors.ts';
import type { Context } from '../define-command.ts';
import type { NewOptions } from './options.ts';

/** What is asked where it was not said. */
export interface Answers {
  pattern: 'image' | 'python' | 'typescript';
  /** The image, the file or the folder; empty: a template. */
  given: string;
  expose: 'clusterip' | 'nodeport';
  secret: readonly string[];
  tokenKey: string | undefined;
  description: string | undefined;
}

type Ask = (text: string, preset: string, flag: string) => Promise<string>;

/**
 * Asks on a terminal for what was not said, in the order of the pattern's table; elsewhere defaults count. `readsToken`: the
 * source that is there, or the template, can check one.
 */
export async function askAnswers(
  options: NewOptions,
  readsToken: boolean,
  { ask, interactive }: Context,
): Promise<Answers> {
  const asking = interactive && !options.yes;
  const question: Ask = async (text, preset, flag) =>
    asking ? String(await ask({ text, default: preset, flag })).trim() : preset;
  const { pattern, given } = await choosePattern(options, asking, ask, question);
  const expose =
    options.expose ??
    (options.nodePort === undefined
      ? oneOf(await question('Who reaches it: pods (clusterip) or everybody (nodeport)?', 'clusterip', '--expose'))
      : 'nodeport');
  const secret = options.secret.length > 0 ? options.secret : words(await question(secretQuestion, '', '--secret'));
  const description = options.description ?? (await question('What is it for, in one sentence?', '', '--description'));
  const checksToken = options.token ?? (pattern !== 'image' && given === '' && readsToken && expose === 'nodeport');
  return {
    pattern,
    given,
    expose,
    secret,
    tokenKey: checksToken ? options.tokenKey : undefined,
    description: description === '' ? undefined : description,
  };
}

const secretQuestion = 'Which secrets does it read, in capitals (API_KEY, …)?';
const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

async function choosePattern(
  { image, python, typescript }: NewOptions,
  asking: boolean,
  ask: Context['ask'],
  question: Ask,
): Promise<Pick<Answers, 'pattern' | 'given'>> {
  const said = (
    [
      ['image', image],
      ['python', python],
      ['typescript', typescript],
    ] as const
  ).flatMap(([pattern, given]) => (given === undefined ? [] : [{ pattern, given }]));
  const [only, other] = said;
  if (only && other) {
    throw new BerthError('USAGE', `--${only.pattern} and --${other.pattern} exclude each other`, {
      hint: 'A server is an image, or code in one language.',
    });
  }
  if (only?.given === '' && only.pattern === 'image') throw withoutPattern();
  if (only) return only;
  if (!asking) throw withoutPattern();

  // The pattern's own order: what others maintain comes first.
  const published = await ask({ text: 'Does somebody publish an image of it?', default: true, flag: '--image' });
  if (published === true) {
    const given = await question('Which one (ghcr.io/owner/name:1.2.3)?', '', '--image');
    if (given === '') throw withoutPattern();
    return { pattern: 'image', given };
  }
  const language = await question('Write it in python or typescript?', 'python', '--python');
  const pattern = /^t/i.test(language) ? 'typescript' : 'python';
  return { pattern, given: await question('Where is its code (nothing: a template)?', '', `--${pattern}`) };
}

function withoutPattern(): BerthError {
  return new BerthError('USAGE', 'It is not said what the server is made of', {
    hint: 'Somebody publishes an image: --image REF. Code of your own: --python [FILE] or --typescript [DIR].',
  });
}

function oneOf(text: string): Answers['expose'] {
  if (text === 'clusterip' || text === 'nodeport') return text;
  throw new BerthError('USAGE', `A server is exposed as clusterip or nodeport, not "${text}"`, {
    hint: 'For example: --expose nodeport',
  });
}
