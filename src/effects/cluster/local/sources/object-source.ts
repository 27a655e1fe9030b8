/** The files that a cluster's objects are built from, at one moment. */
export interface Snapshot {
  /** The commit; of a working tree the one that it began with. */
  revision?: string;
  /** What differs from that commit. */
  uncommitted: readonly string[];
  files: ReadonlyMap<string, string>;
}

/** Where a local cluster's objects come from. */
export interface ObjectSource {
  /** What is there now; undefined where nothing has changed since. */
  read(signal: AbortSignal): Promise<Snapshot | undefined>;
  /** Calls `changed` whenever another look is worth while; `folders` are those that objects came from last. */
  watch(changed: () => void, folders: () => readonly string[]): { refreshed: () => void; close: () => void };
}

/** What a kustomization or a manifest may be. */
export const manifestFiles = ['.yaml', '.yml', 'Kustomization'];
