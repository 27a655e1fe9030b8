import type { FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { otherFiles } from '../../../../kustomize/build-paths.ts';
import { diskFiles } from '../../../disk-files.ts';
import { openRepository } from '../../../git/open-repository.ts';
import { manifestFiles, type ObjectSource } from './object-source.ts';
import { watchFolder } from './watch-folder.ts';

/** Editors write in several steps. */
const debounceMilliseconds = 200;

/** What is saved, whether it is committed or not. */
export function workingTreeSource(root: string): ObjectSource {
  return {
    async read() {
      const tree = diskFiles(root);
      const files = new Map(await tree.readAll(manifestFiles));
      for (const file of otherFiles(files)) {
        const text = files.has(file) ? undefined : await tree.read(file);
        if (text !== undefined) files.set(file, text);
      }
      return { files, ...(await comparedWithHead(root)) };
    },
    watch(changed, folders) {
      const watchers = new Map<string, FSWatcher>();
      let timer: NodeJS.Timeout | undefined;
      const soon = (): void => {
        clearTimeout(timer);
        timer = setTimeout(changed, debounceMilliseconds);
      };
      const refreshed = (): void => {
        const wanted = new Set(folders());
        for (const [folder, watcher] of watchers) {
          if (wanted.has(folder)) continue;
          watcher.close();
          watchers.delete(folder);
        }
        for (const folder of wanted) {
          if (watchers.has(folder)) continue;
          const watcher = watchFolder(join(root, folder), soon);
          if (watcher) watchers.set(folder, watcher);
        }
      };
      refreshed();
      return {
        refreshed,
        close() {
          clearTimeout(timer);
          for (const watcher of watchers.values()) watcher.close();
        },
      };
    },
  };
}

async function comparedWithHead(root: string): Promise<{ revision?: string; uncommitted: readonly string[] }> {
  const repository = await openRepository(root);
  if (!repository) return { uncommitted: [] };
  const { run, prefix } = repository;
  const head = await run(['rev-parse', '--verify', '--quiet', 'HEAD']);
  const status = await run(['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--', '.']);
  const uncommitted = status.stdout.split('\0').flatMap((line) => {
    const file = line.slice(3);
    return line !== '' && file.startsWith(prefix) ? [file.slice(prefix.length)] : [];
  });
  return { ...(head.code === 0 ? { revision: head.stdout.trim() } : {}), uncommitted };
}
