import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { type Deployed, type Planned, deployServer } from './deploy/deploy-server.ts';
import { deployToText, eventToText, planToText, type DeployEvent } from './deploy/deploy-to-text.ts';
import { openSetting } from './deploy/open-setting.ts';
import { rememberingGit } from './deploy/remembering-git.ts';
import { revertedToText } from './deploy/removed-to-text.ts';
import { type Reverted, revertDeploy } from './deploy/revert-deploy.ts';

const options = z.object({
  name: z.string().describe('The server: weather or weather-mcp'),
  cluster: z
    .string()
    .optional()
    .describe('Where to; needed where berth.yaml allows more than one')
    .meta({ placeholder: 'NAME' }),
  dryRun: z.boolean().default(false).describe('Print the plan, and do nothing of it'),
  yes: z.boolean().default(false).describe('Ask nothing').meta({ alias: 'y' }),
  timeout: z
    .number()
    .positive()
    .default(300)
    .describe('How long to wait for the cluster')
    .meta({ placeholder: 'SECONDS' }),
  pullRequest: z
    .boolean()
    .default(false)
    .describe('Push to a branch berth/deploy-<name>, for a target that takes no direct pushes'),
  revert: z.boolean().default(false).describe('Take back the newest deploy of the server, in one commit'),
});

export const deployCommand = defineCommand<typeof options, Planned | Deployed | Reverted, DeployEvent>({
  name: 'deploy',
  summary: 'Bring a server to a proven tool call on its cluster, through Git',
  description:
    'Six steps: write, list, push, roll out, connect, prove. A step that is true already is skipped, so the same command goes on after whatever cut it off. Client entries and berth.lock are committed after the proof. The exit code is 0 where the server is proven (or its plan printed, or its pull request pushed), 1 where it is not.',
  examples: [
    { command: 'berth deploy weather', what: 'all six steps, those that are missing' },
    { command: 'berth deploy weather --dry-run --format json', what: 'the steps as data' },
    { command: 'berth deploy weather --pull-request', what: 'where the branch is protected; again after the merge' },
    { command: 'berth deploy weather --revert', what: 'take the newest deploy back' },
  ],
  effect: 'changes-cluster',
  positionals: ['name'],
  options,

  async run({ revert, ...rest }, { git, ...others }) {
    const context = { ...others, git: rememberingGit(git) };
    const setting = await openSetting(context, rest);
    return revert ? revertDeploy(context, setting, rest) : deployServer(context, setting, rest);
  },

  toText: (result, style) =>
    'reverted' in result
      ? revertedToText(result, style)
      : 'outcome' in result
        ? deployToText(result, style)
        : planToText(result, style),
  eventToText,
  failed: (result) => 'outcome' in result && ['not-proven', 'not-confirmed'].includes(result.outcome),
});
