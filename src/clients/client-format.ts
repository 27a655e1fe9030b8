/** One server in a client's configuration, as a client outside of the cluster or inside of it calls it. */
export interface ClientEntry {
  name: string;
  url: string;
  transport: 'streamable-http' | 'sse';
  description?: string | undefined;
  /** The environment variable with the bearer token; its value is in no file. */
  tokenVariable?: string | undefined;
}

/** How one client writes down its servers. Changes touch the server's own entry and no other byte. */
export interface ClientFormat {
  readonly id: string;
  /** The URL of each HTTP server, by name. */
  urls(text: string, file: string): ReadonlyMap<string, string>;
  /** The text with this entry; the same text where it has it already. */
  set(text: string | undefined, file: string, entry: ClientEntry): string;
  /** The text without that server. */
  remove(text: string, file: string, name: string): string;
  /** The entry as it stands in a file, to put it back later; undefined where there is none. */
  entryText(text: string | undefined, file: string, name: string): string | undefined;
  /** The text with an entry that `entryText` gave; without one where it is undefined. */
  restore(text: string | undefined, file: string, name: string, entry: string | undefined): string | undefined;
}
