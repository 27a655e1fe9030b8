import { type FSWatcher, watch } from 'node:fs';

/** One folder without those below it: a whole tree may have more folders than a machine watches. */
export function watchFolder(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, (_, name) => {
      // What editors and berth itself write beside a file is none yet.
      if (name === null || !/^\.#|~$|\.sw.$|\.berth-tmp$/.test(name)) changed();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
