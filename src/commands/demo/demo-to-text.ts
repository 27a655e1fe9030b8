import type { Style } from '../define-command.ts';
import type { Deployed } from './deploy-samples.ts';
import type { DemoResult } from './run-demo.ts';

export type DemoEvent = { header: string } | { deployed: Deployed } | { summary: DemoResult };

export function demoEventToText(event: DemoEvent, style: Style): string {
  if ('header' in event) return event.header;
  if ('summary' in event) return summaryToText(event.summary, style);
  const { name, trouble, milliseconds } = event.deployed;
  const mark = trouble === undefined ? style.green('✓') : style.red('✗');
  const what = trouble ?? 'written, listed, pushed, rolled out, connected, proven';
  return `  ${mark} ${name.padEnd(11)} ${what}  ${style.dim(seconds(milliseconds))}`;
}

/** The table, and how to go on from here. */
function summaryToText({ folder, servers, seconds: phases, left }: DemoResult, style: Style): string {
  const rows = [['SERVER', 'PATTERN', 'ENDPOINT', 'TOOLS', 'PROOF'], ...servers.map(rowOf)];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  const proven = servers.filter(({ proof }) => proof).length;
  const times = Object.entries(phases).map(([phase, time]) => `${phase} ${time.toFixed(1)} s`);
  return [
    '',
    style.bold(head),
    ...body,
    '',
    `${proven} of ${servers.length} proven (${times.join(', ')}).`,
    ...left.map((line) => `${style.yellow('!')} ${line}`),
    `Connect Claude Code:  cd ${folder} && claude`,
  ].join('\n');
}

function rowOf({ name, pattern, proof, trouble }: Deployed): string[] {
  if (!proof) return [name, pattern, '', '', `not proven: ${trouble ?? ''}`];
  const { url, tools, call } = proof;
  return [name, pattern, url, String(tools.length), `${call?.tool ?? ''} in ${Math.round(call?.milliseconds ?? 0)} ms`];
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
