import { reached } from '../../effects/fault-points.ts';
import type { GitTarget } from '../../effects/git.ts';
import { planDeploy } from '../../plan/plan-deploy.ts';
import type { PlannedStep } from '../../plan/step.ts';
import type { Context } from '../define-command.ts';
import { trustCode } from '../local/trust-code.ts';
import { type CarriedOut, carryOut } from './carry-out.ts';
import { checkBeforePush } from './check-before-push.ts';
import { goOn } from './go-on.ts';
import { observe } from './observe.ts';
import { readTrees } from './read-trees.ts';
import type { Setting } from './setting.ts';

export interface Planned {
  version: 1;
  target: GitTarget;
  steps: readonly PlannedStep[];
}

export interface Deployed extends Omit<CarriedOut, 'outcome'> {
  version: 1;
  name: string;
  cluster: string;
  target: GitTarget;
  outcome: CarriedOut['outcome'] | 'declined';
  /** Whether the local branch has come along; where not, what the user can run. */
  local?: { moved: boolean; command?: string; reason?: string };
}

/** The six steps, or with `dryRun` the plan of them. */
export async function deployServer(
  context: Context,
  setting: Setting,
  { dryRun, yes, pullRequest }: { dryRun: boolean; yes: boolean; pullRequest: boolean },
): Promise<Planned | Deployed> {
  const { git, signal } = context;
  const { target, name, cluster } = setting;
  const see = async () => observe(context, { ...setting, pullRequest }, await readTrees(context, setting));

  const beginning = await see();
  if (beginning.observed.revision === undefined) checkBeforePush(beginning.view, setting);
  const steps = planDeploy(beginning.deployment, beginning.observed);
  if (dryRun) return { version: 1, target, steps };

  const about = { version: 1, name, cluster: cluster.name, target } as const;
  const idle = steps.every(({ state }) => state === 'done');
  if (!(await goOn(context, setting, { yes: yes || idle }))) {
    return { ...about, steps: [], proofs: [], outcome: 'declined' };
  }
  if (setting.config.kind === 'local' && !idle) await trustCode(context, yes);
  const carriedOut = await carryOut(context, setting, see, beginning);
  reached('carried-out');
  if (carriedOut.outcome === 'waiting-for-merge') return { ...about, ...carriedOut };
  const head = await git.fetch(target, signal);
  return { ...about, ...carriedOut, ...(head === undefined ? {} : { local: await git.fastForward(target, head) }) };
}
