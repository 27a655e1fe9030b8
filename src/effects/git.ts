/** Where a deploy goes, after what the repository and `berth.yaml` say. */
export interface GitTarget {
  remote: string;
  branch: string;
}

/** How one path of a commit comes about, on the text that the *target branch* has. */
export type FileChange =
  | { file: string; text: string }
  | { file: string; remove: true }
  /** Changes a shared file without taking along what the user has half done in it. */
  | { file: string; change: (textOnTarget: string | undefined) => string | undefined };

export interface CommitRequest {
  target: GitTarget;
  changes: readonly FileChange[];
  message: string;
  /** Appended as trailers: `Berth-Server: weather`. */
  trailers: Readonly<Record<string, string>>;
  /** Push to this branch in place of the target (`--pull-request`). */
  toBranch?: string;
}

export interface TrailedCommit {
  commit: string;
  trailers: Readonly<Record<string, string>>;
}

/** A file before and after a commit; undefined where there was none. */
export interface FileDifference {
  file: string;
  before: string | undefined;
  after: string | undefined;
}

/** The Git repository that `berth.yaml` stands in, through the `git` command with the user's own settings. */
export interface Git {
  /** The top of the working tree, absolute; undefined outside of a repository. */
  root(): Promise<string | undefined>;
  /** The configured target, or the upstream of the current branch. Errors: GIT_NO_TARGET. */
  target(configured: Partial<GitTarget>): Promise<GitTarget>;
  /** Fetches the target branch and gives back its commit; undefined where the remote has no such branch yet. Errors: GIT_REMOTE_UNREACHABLE. */
  fetch(target: GitTarget, signal: AbortSignal): Promise<string | undefined>;
  /** What the target begins with while the remote has no such branch: the local one of that name, or nothing. */
  beginning(target: GitTarget): Promise<string | undefined>;
  /** Tracked files below a folder, removed ones too, and new ones that are not ignored. */
  listFiles(folder: string): Promise<readonly string[]>;
  /** All files below a folder at a commit. */
  listFilesAt(revision: string, folder: string): Promise<readonly string[]>;
  /** The text of a file at a commit. */
  show(revision: string, file: string): Promise<string | undefined>;
  /** All files with these extensions at a commit. */
  readAllAt(revision: string, extensions: readonly string[]): Promise<ReadonlyMap<string, string>>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  /**
   * Builds one commit on the fetched target in a temporary worktree, with these changes only, with the user's hooks and
   * signing, and pushes it. Nothing to change: no commit, `commit` is the branch's head and `pushed` is false.
   * Errors: GIT_PUSH_REJECTED, GIT_HOOK_FAILED, GIT_REMOTE_UNREACHABLE.
   */
  commitAndPush(
    request: CommitRequest,
    signal: AbortSignal,
  ): Promise<{ commit: string; pushed: boolean; branch: string }>;
  /** Moves the local branch to `commit` where that disturbs nothing; else says what the user can run. */
  fastForward(target: GitTarget, commit: string): Promise<{ moved: boolean; command?: string; reason?: string }>;
  /** Commits below `head` that carry a trailer, newest first. */
  commitsWithTrailer(head: string, trailer: string, value: string): Promise<readonly TrailedCommit[]>;
  /** The newest commit, `head` included, that changed one of these files. */
  lastCommitOf(head: string, files: readonly string[]): Promise<string | undefined>;
  /** The newest commit that HEAD and another one both come from. */
  commonBase(other: string): Promise<string | undefined>;
  /** What one commit did, file by file, against its first parent. */
  changesOf(commit: string): Promise<readonly FileDifference[]>;
}
