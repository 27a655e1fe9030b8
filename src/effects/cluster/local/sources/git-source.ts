import { join } from 'node:path';
import { BerthError } from '../../../../errors.ts';
import { otherFiles } from '../../../../kustomize/build-paths.ts';
import type { Git, GitTarget } from '../../../git.ts';
import { manifestFiles, type ObjectSource } from './object-source.ts';
import { watchFolder } from './watch-folder.ts';

const pollMilliseconds = 10_000;

/** Follows a branch of a remote, as Argo CD would. Local secrets count as a change too. */
export function gitSource(root: string, git: Git, target: GitTarget): ObjectSource {
  let last: string | undefined;
  return {
    async read(signal) {
      const revision = await git.fetch(target, signal);
      if (revision === undefined) {
        throw new BerthError('GIT_REMOTE_UNREACHABLE', `${target.remote} has no branch ${target.branch} yet`, {
          hint: 'The first deploy pushes it.',
        });
      }
      if (revision === last) return undefined;
      const files = new Map(await git.readAllAt(revision, manifestFiles));
      for (const file of otherFiles(files)) {
        const text = files.has(file) ? undefined : await git.show(revision, file);
        if (text !== undefined) files.set(file, text);
      }
      last = revision;
      return { revision, uncommitted: [], files };
    },
    watch(changed) {
      const timer = setInterval(changed, pollMilliseconds);
      const secrets = watchFolder(join(root, '.berth'), () => {
        last = undefined;
        changed();
      });
      return {
        refreshed: () => undefined,
        close() {
          clearInterval(timer);
          secrets?.close();
        },
      };
    },
  };
}
