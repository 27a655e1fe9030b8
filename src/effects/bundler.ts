/** Makes one file of a TypeScript server; the real one is `bundler/esbuild-bundler.ts`. */
export interface Bundler {
  /**
   * Installs the packages of a project and bundles it. Nothing is written where the project will live before the
   * bundle is kept. Errors: BUNDLE_FAILED, PACKAGES_UNAVAILABLE.
   */
  bundle(project: SourceProject, signal: AbortSignal): Promise<Bundle>;
}

export interface SourceProject {
  /** Paths within the project. */
  files: ReadonlyMap<string, string>;
  entry: string;
  /** Where it lives in the repository, or will. */
  folder: string;
  /** Where its author sees it: what errors name. */
  shown: string;
  /** Packages to add to it: `undici@7`. */
  add: readonly string[];
  /** The Node version that it will run on: `22`. */
  nodeVersion: string;
}

export interface Bundle {
  text: string;
  /** What the bundle is made of. */
  inputs: readonly { file: string; bytes: number }[];
  /** The project's `package.json` and `package-lock.json`, as npm has left them. */
  packageFiles: ReadonlyMap<string, string>;
  /** Leaves the installed packages in the project's folder, for editors and for the next bundle. */
  keep(): Promise<void>;
  /** Leaves nothing. */
  discard(): Promise<void>;
}
