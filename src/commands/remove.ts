import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { type DeployEvent, eventToText } from './deploy/deploy-to-text.ts';
import { openSetting } from './deploy/open-setting.ts';
import { type RemovalPlanned, type Removed, removeServer } from './deploy/remove-server.ts';
import { removalPlanToText, removedToText } from './deploy/removed-to-text.ts';

const options = z.object({
  name: z.string().describe('The server: weather or weather-mcp'),
  cluster: z
    .string()
    .optional()
    .describe('Where from; needed where berth.yaml allows more than one')
    .meta({ placeholder: 'NAME' }),
  dryRun: z.boolean().default(false).describe('Print the plan, and do nothing of it'),
  yes: z.boolean().default(false).describe('Ask nothing').meta({ alias: 'y' }),
  timeout: z
    .number()
    .positive()
    .default(300)
    .describe('How long to wait until it is gone')
    .meta({ placeholder: 'SECONDS' }),
});

export const removeCommand = defineCommand<typeof options, RemovalPlanned | Removed, DeployEvent>({
  name: 'remove',
  summary: 'Take a server out of Git and off its cluster',
  description:
    'One commit removes manifest, source, kustomization line, client entries and lock entry; then the cluster is watched until nothing of the server is left. Git keeps what was removed.',
  examples: [
    { command: 'berth remove weather --dry-run', what: 'what would go' },
    { command: 'berth remove weather --yes', what: 'without a question' },
  ],
  effect: 'changes-cluster',
  destructive: true,
  positionals: ['name'],
  options,

  run: async (given, context) => removeServer(context, await openSetting(context, given), given),
  toText: (result, style) => ('steps' in result ? removalPlanToText(result, style) : removedToText(result, style)),
  eventToText,
  failed: (result) => 'outcome' in result && result.outcome === 'not-confirmed',
});
