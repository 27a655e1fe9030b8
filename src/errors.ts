/** Every code and the exit code it leads to. Both are public: docs/reference/errors.md has a section for each code. */
export const errorCodes = {
  ANNOTATION_INVALID: 2,
  BUNDLE_FAILED: 2,
  CLIENT_CONFIG_INVALID: 2,
  CLUSTER_BUSY: 2,
  CLUSTER_UNREACHABLE: 3,
  CLUSTER_UNSUPPORTED: 2,
  CODE_HASH_STALE: 2,
  CODE_STALE: 2,
  CODE_TOO_LARGE: 2,
  CONFIG_INVALID: 2,
  CONTAINER_ENGINE_FAILED: 3,
  GIT_CONFLICT: 2,
  GIT_FAILED: 3,
  GIT_HOOK_FAILED: 3,
  GIT_IDENTITY_UNKNOWN: 2,
  GIT_NO_REPOSITORY: 2,
  GIT_NO_TARGET: 2,
  GIT_PUSH_REJECTED: 3,
  GIT_REMOTE_UNREACHABLE: 3,
  GIT_SIGNING_FAILED: 3,
  IMAGE_UNAVAILABLE: 3,
  KUSTOMIZE_INVALID: 2,
  KUSTOMIZE_RESOURCE_MISSING: 2,
  KUSTOMIZE_UNSUPPORTED: 2,
  LOCK_INVALID: 2,
  MACHINE_UNSUPPORTED: 2,
  MANIFEST_UNREADABLE: 2,
  NAME_INVALID: 2,
  NODE_PORT_UNAVAILABLE: 2,
  PACKAGES_UNAVAILABLE: 3,
  PORT_TAKEN: 2,
  PYTHON_INVALID: 2,
  ROLLOUT_TIMED_OUT: 3,
  SECRETS_TRACKED: 2,
  SERVER_DUPLICATE: 2,
  SERVER_EXISTS: 2,
  SERVER_NOT_RUNNING: 1,
  SERVER_UNKNOWN: 2,
  TOKEN_MISSING: 2,
  USAGE: 2,
  UV_MISSING: 2,
} as const;

export type ErrorCode = keyof typeof errorCodes;

export interface BerthErrorOptions extends ErrorOptions {
  /** What the user can do now: one sentence, or a command to run. */
  hint?: string;
  /** `file:line:column`, or `cluster/namespace/kind/name`. */
  at?: string;
}

/**
 * A failure whose cause lies outside berth: a wrong flag, a broken manifest, a cluster that does not answer.
 * Any other error that reaches the user is a bug in berth, and is shown with its stack.
 */
export class BerthError extends Error {
  override readonly name = 'BerthError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly at: string | undefined;

  constructor(code: ErrorCode, message: string, { hint, at, ...options }: BerthErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.hint = hint;
    this.at = at;
  }

  get exitCode(): number {
    return errorCodes[this.code];
  }

  /** What failed, where, what next, where to read more: one line for each that is known. */
  toText(): string {
    const lines = [`error: ${this.message}`, this.at && `  at ${this.at}`, this.hint && `  ${this.hint}`];
    return [...lines, `  More: berth explain ${this.code}`].filter(Boolean).join('\n');
  }

  /** The same for a program: `--format json` prints `{"error": …}`. */
  toJSON(): { code: ErrorCode; message: string; at?: string; hint?: string } {
    const { code, message, at, hint } = this;
    return { code, message, ...(at === undefined ? {} : { at }), ...(hint === undefined ? {} : { hint }) };
  }
}
