import type { FileChange } from '../../effects/git.ts';
import { BerthError } from '../../errors.ts';
import { withListed } from '../../plan/list-in-kustomization.ts';
import type { PlannedStep } from '../../plan/step.ts';
import type { Context } from '../define-command.ts';
import type { Moment } from './observe.ts';
import { entryChanges } from './record-changes.ts';
import { type Setting, whereTo } from './setting.ts';
import type { Outcome } from './step-report.ts';

/** Step 3: one commit on the target, or on a branch for a pull request, with the server's own paths. */
export async function pushStep(
  { git, signal }: Context,
  { target }: Setting,
  { view, deployment }: Moment,
  step: PlannedStep & { do: 'push' },
): Promise<Outcome & { commit: string }> {
  const changes: FileChange[] = view.changes.map(({ file, text }) => ({
    file,
    change: (now) => {
      // Between the look and the push somebody may have been faster.
      if (now === view.targetTexts.get(file) || now === text || step.pullRequest) return text;
      throw new BerthError('GIT_CONFLICT', `${file} has just been changed on ${whereTo(target)}`, {
        hint: `Bring both together first: git pull --rebase ${target.remote} ${target.branch}`,
      });
    },
  }));
  const { file } = view.place;
  if (!view.listedOnTarget && file !== undefined) {
    // Where the target has none, it gets the one that is here.
    const change = (now: string | undefined): string | undefined =>
      now === undefined ? view.kustomization : withListed(file, now, view.server.file);
    changes.push({ file, change });
  }
  if (step.pullRequest) changes.push(...entryChanges(deployment));

  const { message, trailers, branch } = step;
  const toBranch = step.pullRequest ? { toBranch: branch } : {};
  const { commit, pushed } = await git.commitAndPush({ target, changes, message, trailers, ...toBranch }, signal);
  const where = `${target.remote}/${branch} ${commit.slice(0, 7)}`;
  return { commit, text: pushed ? `"${message}" → ${where}` : `${where}, already there` };
}
