import { duration } from '../../report/duration.ts';
import type { Style } from '../define-command.ts';
import type { Deployed, Planned } from './deploy-server.ts';
import type { Header } from './go-on.ts';
import { catchUp } from './removed-to-text.ts';
import type { StepReport, Trouble } from './step-report.ts';
import { stepText } from './step-text.ts';

export type DeployEvent = Header | StepReport;

const verbs: Record<StepReport['do'], string> = {
  write: 'write',
  list: 'list',
  push: 'push',
  'roll-out': 'roll out',
  connect: 'connect',
  prove: 'prove',
};

export function eventToText(event: DeployEvent, style: Style): string {
  if ('header' in event) return style.bold(event.header);
  const { number, do: verb, state, text, milliseconds, trouble } = event;
  const right = state === 'already' ? style.dim('already there') : style.dim(duration(milliseconds));
  const line = row(number, verbs[verb], state === 'failed' ? style.red(text) : text, text.length, right, style);
  return trouble ? `${line}\n${troubleToText(trouble, style)}` : line;
}

export function planToText({ target, steps }: Planned, style: Style): string {
  const lines = steps.map((step) => {
    const text = stepText(step);
    const right = style.dim(step.state === 'done' ? 'already there' : 'to do');
    return row(step.number, verbs[step.do], text, text.length, right, style);
  });
  return [style.bold(`${target.remote}/${target.branch}`), ...lines].join('\n');
}

export function deployToText(result: Deployed, style: Style): string {
  const { name, cluster, outcome, steps, recorded, target } = result;
  if (outcome === 'declined') return 'Nothing was changed.';
  if (outcome === 'waiting-for-merge') {
    const branch = `${target.remote}/berth/deploy-${name}`;
    return `${name} waits for merge: open a pull request for ${branch}. After the merge: berth deploy ${name}`;
  }
  if (outcome === 'not-proven') {
    const kept = steps.filter(({ state }) => state !== 'failed').length;
    const failed = `${style.red('✗')} not proven. Run the same command again after the repair: ${keptText(kept)}`;
    return [failed, ...catchUp(result, style)].join('\n');
  }
  const record = recorded?.pushed === true ? ` ${recordText(result)} pushed as ${recorded.commit.slice(0, 7)}.` : '';
  return [`${style.green('✓')} ${name} is proven on ${cluster}.${record}`, ...catchUp(result, style)].join('\n');
}

const keptText = (kept: number): string => (kept === 1 ? 'step 1 is kept.' : `steps 1 to ${kept} are kept.`);

function recordText({ steps }: Deployed): string {
  const connected = steps.some(({ do: verb, state }) => verb === 'connect' && state === 'done');
  return connected ? 'Client entry and berth.lock' : 'berth.lock';
}

/** What was seen, below the line of its step. */
function troubleToText({ fault, lastLogLines, hint }: Trouble, style: Style): string {
  const log = lastLogLines.length > 0 ? ['last lines of its log:', ...lastLogLines.map((line) => `  ${line}`)] : [];
  const named = fault ? [`Known fault: ${fault.message}`, `Repair: ${fault.hint}`] : [];
  return [...log.map((line) => style.dim(line)), ...named, hint].map((line) => `      ${line}`).join('\n');
}

function row(number: number, verb: string, text: string, width: number, right: string, style: Style): string {
  const left = `  ${number} ${verb.padEnd(10)} ${text}`;
  const gap = Math.max(2, Math.min(style.columns, 100) - 15 - (left.length - text.length + width));
  return `${left}${' '.repeat(gap)}${right}`;
}
