import type { Git } from '../../effects/git.ts';

/** What a commit says never changes: each question about one is asked once, however often the world is looked at. */
export function rememberingGit(git: Git): Git {
  // On top of the real one, which may be loaded only when it is first spoken to.
  return Object.assign(Object.create(git) as Git, {
    show: once(async (revision: string, file: string) => git.show(revision, file)),
    listFilesAt: once(async (revision: string, folder: string) => git.listFilesAt(revision, folder)),
    readAllAt: once(async (revision: string, extensions: readonly string[]) => git.readAllAt(revision, extensions)),
    lastCommitOf: once(async (head: string, files: readonly string[]) => git.lastCommitOf(head, files)),
    changesOf: once(async (commit: string) => git.changesOf(commit)),
    commitsWithTrailer: once(async (head: string, trailer: string, value: string) =>
      git.commitsWithTrailer(head, trailer, value),
    ),
  });
}

function once<Args extends readonly unknown[], T>(ask: (...args: Args) => Promise<T>): (...args: Args) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return async (...args) => {
    const key = JSON.stringify(args);
    const known = answers.get(key) ?? ask(...args);
    answers.set(key, known);
    return known;
  };
}
