import { BerthError } from '../../errors.ts';
import type { Context } from '../define-command.ts';

/**
 * Servers of a local cluster run as the user: asked once for each repository, and remembered where a repository cannot
 * write. `yes` counts for this time only.
 */
export async function trustCode(
  { ask, trust, root }: Pick<Context, 'ask' | 'trust' | 'root'>,
  yes: boolean,
): Promise<void> {
  if (yes || (await trust.given())) return;
  const text = `The servers of ${root} will run on this machine as you, with your files and your network. Trust them?`;
  if ((await ask({ text, default: false, flag: '--yes', required: true })) !== true) {
    throw new BerthError('USAGE', 'Nothing was started', { hint: 'Read what the manifests run, then start again.' });
  }
  await trust.give();
}
