import { z } from 'zod';
import type { PlaygroundPlace } from '../effects/playground.ts';
import { type Context, defineCommand } from './define-command.ts';
import { type DemoEvent, demoEventToText } from './demo/demo-to-text.ts';
import { type DemoResult, runDemo } from './demo/run-demo.ts';
import { loadPlatform } from './load-platform.ts';

const options = z.object({
  folder: z
    .string()
    .optional()
    .describe('Where to make the playground: an empty folder (default: a temporary one)')
    .meta({ placeholder: 'DIR' }),
  keep: z.boolean().default(false).describe('Leave the playground there at the end; its servers stop all the same'),
});

export const demoCommand = defineCommand<typeof options, DemoResult & { kept: boolean }, DemoEvent>({
  name: 'demo',
  summary: 'Deploy three servers on this machine by the six steps, and prove each',
  description:
    'Makes a playground (a bare Git remote, its clone, a local cluster), deploys a server of each pattern through it and proves them. They stay up until Ctrl-C; without a terminal it ends by itself. Nothing outside of the playground is touched.',
  examples: [
    { command: 'berth demo', what: 'three proofs, no Kubernetes needed' },
    { command: 'berth demo --folder playground --keep', what: 'and look at everything afterwards' },
  ],
  effect: 'writes-files',
  terminalOnly: true,
  options,

  async run({ folder, keep }, context) {
    const { playground, emit, interactive, signal } = context;
    const place = await playground.create(folder);
    try {
      emit({ header: `A playground in ${place.folder}: a Git remote, its clone, and a local cluster` });
      const result = await runDemo(context, place);
      emit({ summary: result });
      if (interactive) await untilStopped(context);
      return { ...result, kept: keep };
    } finally {
      await stop(context, place);
      if (!keep) await playground.remove(place);
      if (signal.aborted) context.progress('stopped');
    }
  },

  toText: ({ kept, folder }) =>
    kept ? `The servers are stopped; the playground stays in ${folder}.` : 'Stopped, and cleaned up.',
  eventToText: demoEventToText,
  failed: ({ servers, left }) => servers.some(({ proof }) => !proof) || servers.length + left.length === 0,
});

async function untilStopped({ signal, emit }: Context): Promise<void> {
  emit({ header: 'They stay up until Ctrl-C.' });
  if (signal.aborted) return;
  // A listener alone keeps no process alive.
  const awake = setInterval(() => undefined, 60_000);
  await new Promise<void>((stopped) => signal.addEventListener('abort', () => stopped(), { once: true }));
  clearInterval(awake);
}

/** Ends the local cluster, also after Ctrl-C: the signal of the command has fired by then. */
async function stop(context: Context, { root }: PlaygroundPlace): Promise<void> {
  const inside = context.elsewhere(root);
  if ((await inside.files.read('berth.yaml')) === undefined) return;
  const platform = await loadPlatform(inside);
  for (const config of platform.clusters.values()) {
    if (config.kind !== 'local') continue;
    const cluster = await inside.localCluster(platform, config);
    await cluster.down(AbortSignal.timeout(60_000));
  }
}
