import { BerthError } from '../../errors.ts';
import type { FileChange } from '../git.ts';
import { orFail, words } from './git-error.ts';
import type { OpenRepository } from './open-repository.ts';
import { showFile } from './read-revision.ts';

/**
 * Puts the changes into the index of a worktree and then into its files; says whether anything differs from `base`.
 * The way through the index keeps Git's own guard: nothing is written through a symbolic link or into a submodule.
 */
export async function stageChanges(
  repository: OpenRepository,
  cwd: string,
  base: string | undefined,
  changes: readonly FileChange[],
): Promise<boolean> {
  const { run, prefix } = repository;
  const written: string[] = [];
  for (const change of changes) {
    const before = base === undefined ? undefined : await showFile(repository, base, change.file);
    const after = textAfter(change, before);
    if (after === before) continue;
    const path = `${prefix}${change.file}`;
    if (after === undefined) {
      staged(await run(['rm', '--quiet', '--force', '--', path], { cwd }), change.file);
      continue;
    }
    const made = await run(['hash-object', '-w', '--stdin', `--path=${path}`], { cwd, input: after });
    const id = orFail(made, `Writing ${change.file}`).stdout.trim();
    const mode = (await run(['ls-files', '-s', '-z', '--', path], { cwd })).stdout.slice(0, 6) || '100644';
    if (mode !== '100644' && mode !== '100755') throw notAFile(change.file, mode);
    staged(await run(['update-index', '--add', '--cacheinfo', `${mode},${id},${path}`], { cwd }), change.file);
    written.push(path);
  }
  if (written.length > 0) {
    const input = written.map((path) => `${path}\0`).join('');
    const checkout = ['checkout-index', '--force', '--quiet', '-u', '-z', '--stdin'];
    orFail(await run(checkout, { cwd, input }), 'Writing the changes');
  }
  return (await run(['diff', '--cached', '--quiet', ...(base === undefined ? [] : [base])], { cwd })).code !== 0;
}

function textAfter(change: FileChange, before: string | undefined): string | undefined {
  if ('remove' in change) return undefined;
  return 'text' in change ? change.text : change.change(before);
}

function staged(answer: Awaited<ReturnType<OpenRepository['run']>>, file: string): void {
  if (answer.code === 0) return;
  throw new BerthError('GIT_FAILED', `${file} cannot be committed: ${words(answer)}`, {
    hint: 'Does a file, a link or a submodule stand where a folder is needed? Name another directory in berth.yaml.',
  });
}

function notAFile(file: string, mode: string): BerthError {
  return new BerthError('GIT_FAILED', `${file} is a ${mode === '160000' ? 'submodule' : 'symbolic link'} in Git`, {
    hint: 'Replace it by a file of its own, or name another path in berth.yaml.',
  });
}
