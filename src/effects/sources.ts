/** Source that somebody names when a server is made of it: anywhere on this machine, relative to where they stand. */
export interface Sources {
  /**
   * A file under its own name, or every file below a folder, without what is installed or built. undefined where
   * there is nothing. Errors: MANIFEST_UNREADABLE.
   */
  read(path: string): Promise<ReadonlyMap<string, string> | undefined>;
}
