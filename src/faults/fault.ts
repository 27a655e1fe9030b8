import type { Evidence } from './types.ts';

/** Where a fault shows: `wire` for everybody, `log` (events and exit codes too) and `manifest` for servers of the platform. */
export type EvidenceKind = 'wire' | 'log' | 'manifest';

/** What gives a fault away, as it was seen; a message or hint that knows more than the fault's own. */
export interface Sighting {
  observed: string;
  message?: string;
  hint?: string;
}

/** A known way for a server to be broken. */
export interface Fault {
  /** Its page is `docs/reference/faults/<id>.md`. */
  id: string;
  /** Any of these is enough. */
  evidence: readonly EvidenceKind[];
  message: string;
  /** The repair, as an order; `<name>` becomes the server's name. */
  hint: string;
  match(evidence: Evidence): Sighting | undefined;
}

/** The sighting of something that was found, or none. */
export function seen(observed: string | undefined, more: Partial<Sighting> = {}): Sighting | undefined {
  return observed === undefined ? undefined : { ...more, observed };
}
