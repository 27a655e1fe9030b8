import type { GitTarget } from '../../effects/git.ts';
import type { Context } from '../define-command.ts';

const yaml = ['.yaml', '.yml', 'Kustomization'];

/** The working tree and the target branch, as they are now. */
export interface Trees {
  /** The remote's head; undefined while it has no such branch. */
  fetched: string | undefined;
  /** What a commit is built on: the remote's head, or the local branch that becomes it. */
  head: string | undefined;
  /** Where the working tree and the target parted. */
  base: string | undefined;
  here: ReadonlyMap<string, string>;
  onTarget: ReadonlyMap<string, string>;
}

/** Fetches the target and reads the YAML files of both sides. */
export async function readTrees(
  { git, files, signal }: Pick<Context, 'git' | 'files' | 'signal'>,
  target: GitTarget,
): Promise<Trees> {
  const fetched = await git.fetch(target, signal);
  const head = fetched ?? (await git.beginning(target));
  return {
    fetched,
    head,
    base: head === undefined ? undefined : await git.commonBase(head),
    here: await files.readAll(yaml),
    onTarget: head === undefined ? new Map() : await git.readAllAt(head, yaml),
  };
}
