import type { Style } from '../define-command.ts';
import type { RemovalPlanned, Removed } from './remove-server.ts';
import type { Reverted } from './revert-deploy.ts';

export function removalPlanToText({ target, steps }: RemovalPlanned, style: Style): string {
  const lines = steps.map((step) => {
    const what =
      step.do === 'take-out'
        ? ['take out', [...step.files, ...step.shared].join(', ')]
        : ['confirm', `${step.cluster}: nothing of ${step.namespace}/${step.workload} is left`];
    const state = step.state === 'done' ? style.dim('  already there') : '';
    return `  ${step.number} ${(what[0] ?? '').padEnd(10)} ${what[1]}${state}`;
  });
  return [style.bold(`${target.remote}/${target.branch}`), ...lines].join('\n');
}

export function removedToText(result: Removed, style: Style): string {
  const { name, outcome, commit = '', pushed } = result;
  if (outcome === 'declined') return 'Nothing was changed.';
  const out = pushed === true ? `${name} is out of ${where(result)} as ${short(commit)}` : `${name} was out already`;
  return [followed(outcome === 'gone', out, result, style), ...catchUp(result, style)].join('\n');
}

export function revertedToText(result: Reverted, style: Style): string {
  const { name, outcome, commit = '', reverted } = result;
  const commits = reverted.commits.map(short).join(', ');
  if (outcome === 'declined') return 'Nothing was changed.';
  if (outcome === 'planned') return `Would take back ${commits} of ${name}: ${reverted.files.join(', ')}`;
  const out = `${commits} of ${name} taken back on ${where(result)} as ${short(commit)}`;
  return [followed(outcome !== 'not-confirmed', out, result, style), ...catchUp(result, style)].join('\n');
}

interface Followed {
  text?: string;
  next?: string;
  target: { remote: string; branch: string };
  local?: { moved: boolean; command?: string; reason?: string };
}

function followed(ok: boolean, out: string, { text = '', next }: Followed, style: Style): string {
  if (ok) return `${style.green('✓')} ${out}; ${text}.`;
  return `${style.red('✗')} ${out}, but: ${text}.${next === undefined ? '' : ` Next: ${next}`}`;
}

/** What to run where the user's own branch could not come along. */
export function catchUp({ local }: Pick<Followed, 'local'>, style: Style): string[] {
  if (!local || local.moved) return [];
  return [style.dim(`Your branch stays where it is: ${local.reason}. To catch up: ${local.command}`)];
}

const where = ({ target }: Followed): string => `${target.remote}/${target.branch}`;
const short = (commit: string): string => commit.slice(0, 7);
