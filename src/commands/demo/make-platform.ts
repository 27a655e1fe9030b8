import type { PlaygroundPlace } from '../../effects/playground.ts';
import type { Context } from '../define-command.ts';
import { initCommand } from '../init.ts';

/** `berth init` in the playground, and the commit that a person would make of it. */
export async function makePlatform(inside: Context, { freePort }: PlaygroundPlace): Promise<void> {
  const { git, files, signal } = inside;
  const { wrote } = await initCommand.run(initCommand.options.parse({ local: true, gatewayPort: freePort }), inside);
  const target = await git.target({});
  const changes = await Promise.all(wrote.map(async (file) => ({ file, text: (await files.read(file)) ?? '' })));
  const { commit } = await git.commitAndPush({ target, changes, message: 'Begin a platform', trailers: {} }, signal);
  await git.fastForward(target, commit);
}
