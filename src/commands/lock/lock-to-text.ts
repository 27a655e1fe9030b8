import type { Style } from '../define-command.ts';
import type { LockReport } from './accept-contracts.ts';

export function lockToText({ servers }: LockReport, style: Style): string {
  if (servers.length === 0) return 'Nothing is proven yet: berth deploy <name>';
  const width = Math.max(...servers.map(({ name }) => name.length));
  const clusterWidth = Math.max(...servers.map(({ cluster }) => cluster.length));
  return servers
    .flatMap(({ name, cluster, revision, tools, changes, refused }) => {
      const count = `${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}`;
      const place = `${name.padEnd(width)}  ${cluster.padEnd(clusterWidth)}  ${style.dim(revision.slice(0, 7))}`;
      if (refused) return [`${style.red('✗')} ${place}  not accepted: ${refused.message}`, `    ${refused.hint}`];
      if (!changes) return [`  ${place}  ${count}`];
      if (changes.length === 0) return [`${style.green('✓')} ${place}  ${count}, as they were`];
      const lines = changes.map(({ tool, change, gravity }) => `    ${change.padEnd(7)}  ${tool} (${gravity})`);
      return [`${style.green('✓')} ${place}  accepted, ${count}`, ...lines];
    })
    .join('\n');
}
