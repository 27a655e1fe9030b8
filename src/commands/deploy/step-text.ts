import type { PlannedStep } from '../../plan/step.ts';

/** What a step is about and where, in one line. */
export function stepText(step: PlannedStep): string {
  switch (step.do) {
    case 'write':
      return listed(step.files.map(baseName));
    case 'list':
      return step.kustomization ?? 'no kustomization: the folder is applied as it is';
    case 'push':
      return step.state === 'done'
        ? `${step.remote}/${step.branch}`
        : `"${step.message}" → ${step.remote}/${step.branch}`;
    case 'roll-out':
      return `${step.cluster}: ${step.namespace}/${step.workload}`;
    case 'connect':
      return [
        ...(step.reason === undefined ? [] : [step.reason]),
        ...step.entries.map(({ file, name, url }) => `${file}  ${name} → ${url}`),
        ...(step.abandoned ?? []).map((file) => `out of ${file}`),
      ].join(', ');
    case 'prove':
      return listed(step.urls);
  }
}

function listed(names: readonly string[]): string {
  const [first = '', ...more] = names;
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

const baseName = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
