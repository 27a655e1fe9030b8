import type { Contract } from '../proof/types.ts';

/** `berth.lock`, version 1: what was proven last. Sorted keys; no times and no latencies. */
export interface Lock {
  version: 1;
  servers: Readonly<Record<string, LockedServer>>;
}

export interface LockedServer {
  cluster: string;
  /** The commit that was proven. */
  revision: string;
  image: string;
  codeHash: string | null;
  contract: Contract;
  ports: { service: number | null; nodePort: number | null };
  secretKeys: Readonly<Record<string, readonly string[]>>;
  /** Client file → URL. */
  clients: Readonly<Record<string, string>>;
  protocolVersions: readonly string[];
}
