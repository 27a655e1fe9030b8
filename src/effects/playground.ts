/** A place to try berth in: a bare Git remote, a clone of it, and the sources of sample servers. */
export interface Playground {
  /** Makes one in an empty folder, or in a new temporary one. Errors: USAGE where the folder has something in it. */
  create(folder: string | undefined): Promise<PlaygroundPlace>;
  /** Takes it away again, with everything in it. */
  remove(place: PlaygroundPlace): Promise<void>;
}

export interface PlaygroundPlace {
  /** What `create` made, absolute. */
  folder: string;
  /** The clone, which becomes the platform. */
  root: string;
  /** The bare remote. */
  remote: string;
  /** The sample servers' sources, absolute, by name. */
  samples: { units: string; calendar: string };
  /** A port of 127.0.0.1 that nobody listened on a moment ago. */
  freePort: number;
}
