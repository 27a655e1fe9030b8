import type { Git } from '../../effects/git.ts';
import { generatorFiles } from '../../kustomize/generator-files.ts';
import type { ReadYaml } from '../../kustomize/kustomization-of.ts';
import type { Context } from '../define-command.ts';
import type { Setting } from './setting.ts';

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
  { target, read }: Pick<Setting, 'target' | 'read'>,
): Promise<Trees> {
  const fetched = await git.fetch(target, signal);
  const head = fetched ?? (await git.beginning(target));
  return {
    fetched,
    head,
    base: head === undefined ? undefined : await git.commonBase(head),
    here: await files.readAll(yaml),
    onTarget: head === undefined ? new Map() : await treeAt(git, head, read),
  };
}

/** All YAML of a commit, and what generators of its kustomizations read beside that. */
async function treeAt(git: Git, head: string, read: ReadYaml): Promise<Map<string, string>> {
  const tree = new Map(await git.readAllAt(head, yaml));
  const kustomizations = [...tree].filter(([file]) => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(file));
  for (const file of generatorFiles(kustomizations.map(([name, text]) => read(name, text)))) {
    const text = tree.has(file) ? undefined : await git.show(head, file);
    if (text !== undefined) tree.set(file, text);
  }
  return tree;
}
