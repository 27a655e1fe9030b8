import { withListed } from '../../plan/list-in-kustomization.ts';
import type { PlannedStep } from '../../plan/step.ts';
import type { Context } from '../define-command.ts';
import type { Moment } from './observe.ts';
import type { Outcome } from './step-report.ts';
import { stepText } from './step-text.ts';

/** Step 2: one line in the kustomization of the working tree; the target gets its own in step 3. */
export async function listStep(
  { files }: Context,
  { view }: Moment,
  step: PlannedStep & { do: 'list' },
): Promise<Outcome> {
  if (step.kustomization === null) return { text: stepText(step) };
  const text = view.here.get(step.kustomization);
  // A folder that has none yet gets the one that will be pushed.
  const listed = text === undefined ? (view.kustomization ?? '') : withListed(step.kustomization, text, step.resource);
  await files.write(step.kustomization, listed);
  return { text: stepText(step) };
}
