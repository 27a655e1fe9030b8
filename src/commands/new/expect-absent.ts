import { BerthError } from '../../errors.ts';
import type { Repository } from '../../repository/types.ts';
import type { ServerNames } from '../../scaffold/server-names.ts';

/** Sees that no other file has objects of that name. Errors: SERVER_EXISTS. */
export function expectAbsent({ manifests }: Repository, { workload }: ServerNames, namespace: string): void {
  const other = manifests.find(
    ({ kind, name, namespace: written }) =>
      ['Deployment', 'StatefulSet', 'Service'].includes(kind) &&
      name === workload &&
      (written ?? namespace) === namespace,
  );
  if (!other) return;
  const { file, line, column } = other.document.position;
  throw new BerthError('SERVER_EXISTS', `${other.kind} ${workload} is there already`, {
    at: `${file}:${line}:${column}`,
    hint: 'Choose another name, or remove that one first.',
  });
}
