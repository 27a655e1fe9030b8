import type { Style } from '../define-command.ts';
import type { ClusterStatus, ServerStatus } from './cluster-status.ts';
import { waysToGive } from './up-text.ts';

export function statusToText(status: ClusterStatus, style: Style): string {
  if (!status.running) return `${status.cluster} does not run. Start it: berth up`;
  const { servers, missing, error } = status;
  const width = Math.max(0, ...servers.map(({ name }) => name.length));
  const lines = servers.map((server) => `  ${lineOf(server, width, style)}`);
  const needed = missing.flatMap((each) => [
    `  ${style.yellow('!')} ${each.workload} needs ${each.key} of Secret ${each.secret}`,
    ...waysToGive(each).map((way) => `      ${way}`),
  ]);
  return [
    headerOf(status),
    ...(error === undefined ? [] : [`  ${style.red('✗')} ${error}`]),
    ...(lines.length > 0 ? lines : ['  no servers']),
    ...needed,
  ].join('\n');
}

function headerOf({ cluster, source, revision, uncommitted = [] }: ClusterStatus): string {
  const at = revision === undefined ? '' : ` at ${revision.slice(0, 7)}`;
  if (!source) return `${cluster}${at}`;
  if (source.kind === 'git') return `${cluster} follows ${source.remote}/${source.branch}${at}`;
  const marks =
    uncommitted.length > 0
      ? `, ${uncommitted.length} ${uncommitted.length === 1 ? 'file' : 'files'} not committed`
      : '';
  return `${cluster} runs the working tree${at}${marks}`;
}

function lineOf(
  { name, url, replicas, available, complete, restarts, reason }: ServerStatus,
  width: number,
  style: Style,
): string {
  const mark = complete ? style.green('✓') : reason === undefined ? style.yellow('…') : style.red('✗');
  const ready = `${available}/${replicas} ready`;
  const times = restarts > 0 ? `  ${restarts} restarts` : '';
  const why = !complete && reason !== undefined ? `  ${reason}` : '';
  return `${mark} ${name.padEnd(width)}  ${ready}  ${style.dim(url ?? '')}${times}${why}`.trimEnd();
}
