import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { type LockReport, acceptContracts, showLock } from './lock/accept-contracts.ts';
import { lockToText } from './lock/lock-to-text.ts';

const options = z.object({
  accept: z
    .array(z.string())
    .default([])
    .describe('Write what this server offers now into the lock')
    .meta({ placeholder: 'NAME' }),
  timeout: z.number().min(1).max(600).default(30).describe('Seconds for each server').meta({ placeholder: 'S' }),
});

export const lockCommand = defineCommand<typeof options, LockReport>({
  name: 'lock',
  summary: 'Show what berth.lock calls proven, or accept that a server changed its tools',
  description:
    'A server whose tools are not those of the lock is no longer proven. --accept proves it once more as it is now, and writes its contract into berth.lock in the working tree; nothing is committed.',
  examples: [
    { command: 'berth lock', what: 'what was proven last' },
    { command: 'berth lock --accept weather', what: 'agents may rely on the tools of weather as they are now' },
  ],
  effect: 'writes-files',
  options,

  run: async ({ accept, timeout }, context) =>
    accept.length > 0 ? acceptContracts(context, accept, timeout) : showLock(context),

  toText: lockToText,
  failed: ({ servers }) => servers.some(({ refused }) => refused !== undefined),
});
