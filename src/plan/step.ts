import type { Canary } from '../repository/types.ts';

/** A value that exists only when an earlier step was carried out: the commit of step 3. */
export interface FromCommit {
  from: 'commit';
}

export interface PlannedEntry {
  file: string;
  name: string;
  url: string;
  transport: 'streamable-http' | 'sse';
  description?: string;
  /** The environment variable with the bearer token that the server asks for. */
  tokenVariable?: string;
}

export interface PlannedCommit {
  remote: string;
  /** Where it is pushed: the target, or the branch of a pull request. */
  branch: string;
  message: string;
  files: readonly string[];
  trailers: Readonly<Record<string, string>>;
}

export type Step =
  | { do: 'write'; files: readonly string[] }
  | { do: 'list'; kustomization: string | null; resource: string }
  | ({ do: 'push'; pullRequest: boolean } & PlannedCommit)
  | {
      do: 'roll-out';
      cluster: string;
      namespace: string;
      workload: string;
      revision: string | FromCommit;
      image: string;
      codeHash: string | null;
      timeoutSeconds: number;
    }
  | {
      do: 'connect';
      entries: readonly PlannedEntry[];
      /** Client files that lose the server's entry: it leads nowhere any more. */
      abandoned?: readonly string[];
      /** Why there are no entries. */
      reason?: string;
    }
  | {
      do: 'prove';
      urls: readonly string[];
      canary: Canary | null;
      revision: string | FromCommit;
      /** Client entries and lock, after the proof and only where something changed. */
      commit: PlannedCommit;
    };

/** What `--dry-run` prints and what the command carries out, one by one. */
export type PlannedStep = Step & { number: number; state: 'todo' | 'done' };
