/** The working tree. Paths are relative to its root, with `/`; the real one is `disk-files.ts`. */
export interface Files {
  /** Every file with one of these extensions, `.git`, `node_modules` and `.berth/state` left out; `unreadableText` for what is no text. */
  readAll(extensions: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** undefined where there is no such file. */
  read(file: string): Promise<string | undefined>;
  /** Atomic: a temporary file beside it, fsync, rename. Makes the folders that are missing. */
  write(file: string, text: string, options?: { mode?: number }): Promise<void>;
  remove(file: string): Promise<void>;
}
