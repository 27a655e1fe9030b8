/** What Python's own tools know about a server's source; the real ones are in `python/`. */
export interface Python {
  /** Sees to it that uv is here, which gets Python and packages: found, or installed by pip into berth's cache. False where neither can be had. */
  obtainUv(signal: AbortSignal): Promise<boolean>;
  /** What Python itself says about source, without running it; undefined where this machine has no Python. */
  parse(source: string, signal: AbortSignal): Promise<ParsedSource | undefined>;
  /**
   * Every package that the requirements need, in one exact version each, with its hashes; for all platforms. Errors:
   * UV_MISSING, PACKAGES_UNAVAILABLE.
   */
  lockRequirements(requirements: string, options: LockOptions): Promise<string>;
}

export interface LockOptions {
  pythonVersion?: string | undefined;
  /** What was locked before: its versions stay where they fulfil the requirements. */
  previous?: string | undefined;
  signal: AbortSignal;
}

export type ParsedSource =
  | { problem: SyntaxProblem }
  /** The modules that it imports, without those of Python itself. */
  | { imports: readonly string[] };

export interface SyntaxProblem {
  message: string;
  line: number;
  column: number;
}
