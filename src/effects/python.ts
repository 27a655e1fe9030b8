/** What Python's own tools know about a server's source; the real ones are in `python/`. */
export interface Python {
  /** Where source does not parse. `unchecked` where this machine has no Python. */
  syntaxProblem(source: string, signal: AbortSignal): Promise<SyntaxProblem | 'unchecked' | undefined>;
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

export interface SyntaxProblem {
  message: string;
  line: number;
  column: number;
}
