import { reached } from '../../effects/fault-points.ts';
import { planDeploy } from '../../plan/plan-deploy.ts';
import type { PlannedStep } from '../../plan/step.ts';
import type { Proof } from '../../proof/types.ts';
import type { Context } from '../define-command.ts';
import { listStep } from './list-step.ts';
import type { Moment } from './observe.ts';
import { type Recorded, proveStep } from './prove-step.ts';
import { pushStep } from './push-step.ts';
import { rollOutStep } from './roll-out-step.ts';
import type { Setting } from './setting.ts';
import type { Outcome, StepReport } from './step-report.ts';
import { stepText } from './step-text.ts';

export interface CarriedOut {
  steps: readonly StepReport[];
  outcome: 'proven' | 'not-proven' | 'waiting-for-merge';
  /** The commit that brought the server; undefined while it waits for its merge. */
  revision?: string;
  proofs: readonly Proof[];
  /** The commit of client entries and lock, where one was needed. */
  recorded?: Recorded;
}

interface Progress {
  pushed?: string;
  proofs: readonly Proof[];
  recorded?: Recorded;
}

/** Does what is missing of the six steps, and looks at the world again before each of them. */
export async function carryOut(
  context: Context,
  setting: Setting,
  see: () => Promise<Moment>,
  beginning: Moment,
): Promise<CarriedOut> {
  const steps: StepReport[] = [];
  const progress: Progress = { proofs: [] };
  let moment = beginning;
  const ended = (outcome: CarriedOut['outcome']): CarriedOut => {
    const { proofs, recorded, pushed } = progress;
    const revision = moment.observed.revision ?? (outcome === 'waiting-for-merge' ? undefined : pushed);
    return { steps, outcome, proofs, ...(revision ? { revision } : {}), ...(recorded ? { recorded } : {}) };
  };

  for (let number = 1; ; number += 1) {
    if (number > 1) moment = await see();
    const step = planDeploy(moment.deployment, moment.observed)[number - 1];
    if (!step) return ended('proven');
    const began = context.now();
    const outcome =
      step.state === 'done' ? { text: stepText(step) } : await perform(context, setting, moment, step, progress);
    const state = outcome.trouble ? 'failed' : step.state === 'done' ? 'already' : 'done';
    const report = { number, do: step.do, state, milliseconds: context.now() - began, ...outcome } as const;
    steps.push(report);
    context.emit(report);
    if (state === 'failed') return ended('not-proven');
    if (step.do === 'push' && step.pullRequest && state === 'done') return ended('waiting-for-merge');
    reached(`step-${number}`);
  }
}

async function perform(
  context: Context,
  setting: Setting,
  moment: Moment,
  step: PlannedStep,
  progress: Progress,
): Promise<Outcome> {
  const revision = moment.observed.revision ?? progress.pushed ?? '';
  switch (step.do) {
    case 'write':
    case 'connect':
      // The manifest is there, or there would be no server; entries are committed when they are proven.
      return { text: stepText(step) };
    case 'list':
      return listStep(context, moment, step);
    case 'push': {
      const { commit, text } = await pushStep(context, setting, moment, step);
      if (!step.pullRequest) {
        progress.pushed = commit;
        await context.git.fastForward(setting.target, commit);
      }
      return { text };
    }
    case 'roll-out':
      return rollOutStep(context, setting, moment, revision);
    case 'prove': {
      const { proofs, recorded, ...outcome } = await proveStep(context, setting, moment, step, revision);
      progress.proofs = proofs;
      if (recorded) progress.recorded = recorded;
      return outcome;
    }
  }
}
