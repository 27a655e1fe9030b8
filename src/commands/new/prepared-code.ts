import type { Canary } from '../../repository/types.ts';
import type { ServerCode } from '../../scaffold/new-server.ts';

/** The code of a new server, ready to be written, and what was found out on the way. */
export interface PreparedCode {
  code: ServerCode;
  /** Its source, by paths in the repository. */
  files: ReadonlyMap<string, string>;
  /** What somebody should know, and may have to do something about. */
  notes: readonly string[];
  defaults: { port: number; healthPath?: string | undefined; canary?: Canary | undefined };
  /** Called once everything is written. */
  keep?: () => Promise<void>;
  /** Called where nothing is. */
  discard?: () => Promise<void>;
}
