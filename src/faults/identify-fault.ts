import type { FaultReport } from '../proof/types.ts';
import type { Fault, Sighting } from './fault.ts';
import { faults } from './faults.ts';
import { unreachable } from './network-faults.ts';
import { oneLine } from './one-line.ts';
import type { Evidence } from './types.ts';
import { warnings } from './warnings.ts';

/** The name of what is broken, from evidence alone: the first fault that fits, `unreachable` where none does. */
export function identifyFault(evidence: Evidence): FaultReport {
  for (const fault of faults) {
    const sighting = fault.match(evidence);
    if (sighting) return report(fault, sighting, evidence);
  }
  return report(unreachable, { observed: 'nothing' }, evidence);
}

/** What works and is wrong all the same. */
export function warningsOf(evidence: Evidence): FaultReport[] {
  return warnings.flatMap((warning) => {
    const sighting = warning.match(evidence);
    return sighting ? [report(warning, sighting, evidence)] : [];
  });
}

function report({ id, message, hint }: Fault, sighting: Sighting, { server }: Evidence): FaultReport {
  const name = server?.name ?? '<name>';
  return {
    id,
    message: oneLine(sighting.message ?? message),
    hint: oneLine((sighting.hint ?? hint).replaceAll('<name>', name), 600),
    observed: oneLine(sighting.observed),
  };
}
