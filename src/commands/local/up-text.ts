import { secretVariable } from '../../local/secret-variable.ts';
import type { MissingSecret } from '../../local/types.ts';
import type { Style } from '../define-command.ts';
import { proofDetails, proofMark, proofSummary } from '../verify/proofs-to-text.ts';
import type { UpServer } from './up-report.ts';

/** What `berth up` says while it runs. */
export type UpEvent =
  | { event: 'server'; server: UpServer; width: number }
  | { event: 'note'; text: string }
  | { event: 'up'; up: number; all: number; failed?: string };

export function upEventToText(event: UpEvent, style: Style): string {
  if (event.event === 'note') return `  ${style.dim(event.text)}`;
  if (event.event === 'server') return serverText(event.server, event.width, style);
  const logs = event.failed === undefined ? '' : ` Logs: berth logs ${event.failed}.`;
  return `${event.up} of ${event.all} up.${logs} Stop: Ctrl-C`;
}

function serverText(server: UpServer, width: number, style: Style): string {
  const { name, url, runs, proof, missing, reason, fault, lastLogLines = [] } = server;
  const start = `${name.padEnd(width)}  ${runs.padEnd(6)}`;
  const indent = ' '.repeat(width + 14);
  if (proof) {
    const first = `  ${proofMark(proof, style)} ${start}   ${style.dim(url)}   ${proofSummary(proof)}`;
    return [first, ...proofDetails(proof, style).map((line) => `${indent}${line}`)].join('\n');
  }
  if (missing.length > 0) {
    const names = missing.map(({ secret, key }) => `${key === '*' ? 'its keys' : key} (${secret})`).join(', ');
    const how = missing.flatMap((each) => waysToGive(each)).map((line) => `${indent}${line}`);
    return [`  ${style.yellow('!')} ${start}   needs ${names}`, ...how].join('\n');
  }
  const mark = server.state === 'blocked' ? style.yellow('!') : style.red('✗');
  const log = lastLogLines.map((line) => style.dim(`${indent}${line}`));
  const known = fault
    ? [`Known fault: ${fault.message}`, fault.hint, style.dim(`More: berth explain ${fault.id}`)]
    : [];
  const lines = [...log, ...known.map((line) => `${indent}${line}`)];
  return [`  ${mark} ${start}   ${reason ?? 'failed'}`, ...lines].join('\n');
}

/** The two ways to give a secret to the servers of this machine. */
export function waysToGive({ secret, key }: MissingSecret): string[] {
  const shown = key === '*' ? 'KEY' : key;
  return [
    `put it into .berth/secrets.yaml:  ${secret}: { ${shown}: … }`,
    `or: export ${secretVariable(secret, shown)}=…`,
  ];
}
