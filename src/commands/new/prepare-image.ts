import type { ImageFacts } from '../../effects/image-registry.ts';
import type { Context } from '../define-command.ts';
import type { NewOptions } from './options.ts';
import type { PreparedCode } from './prepared-code.ts';

/** Without a user of their own, processes get this one: nobody in particular, and not root. */
const someUser = 65532;

/** Asks the image's registry what it is, so that a restart of a pod cannot change it. */
export async function prepareImage(
  reference: string,
  { command, arg, user, package: runnable }: Pick<NewOptions, 'command' | 'arg' | 'user' | 'package'>,
  { images, progress, signal }: Pick<Context, 'images' | 'progress' | 'signal'>,
): Promise<PreparedCode> {
  progress(`asking the registry about ${reference}`);
  const facts = await images.lookUp(reference, signal);
  const known = 'digest' in facts ? facts : undefined;
  const identity = user === undefined ? userOf(known) : { user };
  const untagged = !/[:@][^/]*$/.test(reference);
  const [port] = known?.ports ?? [];
  return {
    code: {
      pattern: 'image',
      image: known && !reference.includes('@') ? `${withTag(reference, untagged)}@${known.digest}` : reference,
      user: identity.user,
      command,
      args: arg,
      package: runnable,
    },
    files: new Map(),
    notes: [
      ...('unknown' in facts
        ? [`${reference} stays without a digest, and may change at a restart: ${facts.unknown}`]
        : []),
      ...(untagged ? ['The image has no tag, and "latest" was taken'] : []),
      ...(user === 0 ? ['It runs as root: Pod Security "restricted" refuses that'] : []),
      ...('note' in identity && identity.note !== undefined ? [identity.note] : []),
    ],
    defaults: { port: known?.ports.length === 1 && port !== undefined ? port : 3000 },
  };
}

const withTag = (reference: string, untagged: boolean): string => (untagged ? `${reference}:latest` : reference);

/** The image's own user where it is a number: only that can be seen not to be root. */
function userOf(facts: ImageFacts | undefined): { user: number | undefined; note?: string } {
  const why = 'if it does not start, say which user it needs with --user';
  if (!facts) return { user: someUser, note: `Its user is not known, and ${someUser} was taken: ${why}` };
  const [name = ''] = facts.user.split(':');
  if (/^[1-9]\d*$/.test(name)) return { user: undefined };
  if (['', '0', 'root'].includes(name)) {
    return { user: someUser, note: `The image runs as root; here it runs as ${someUser}: ${why}` };
  }
  return { user: someUser, note: `The image runs as "${name}", of which no number is known; here ${someUser}: ${why}` };
}
