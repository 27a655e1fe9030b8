import { existsSync } from 'node:fs';
import { copyFile, lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { reached } from '../fault-points.ts';
import type { GitTarget } from '../git.ts';
import { orFail, words } from './git-error.ts';
import { currentBranch, upstreamOf } from './git-target.ts';
import type { OpenRepository } from './open-repository.ts';
import { removeLeftovers } from './temporary-worktree.ts';

export interface Moved {
  moved: boolean;
  /** What the user can run where it did not. */
  command?: string;
  reason?: string;
}

/** One path that differs between HEAD and the commit; `mode` and `id` are what it shall become, all zeros: removed. */
interface Difference {
  path: string;
  before: string;
  after: string;
}

/**
 * Moves the checked-out branch on to `commit`, where every path that changes is untouched by the user or has the new
 * content already. Repeatable: killed anywhere, the next call finishes it.
 */
export async function fastForward(repository: OpenRepository, target: GitTarget, commit: string): Promise<Moved> {
  await removeLeftovers(repository);
  const { run, top } = repository;
  const there = `${target.remote}/${target.branch}`;
  const branch = await currentBranch(repository);
  if (branch === undefined) {
    return stays('HEAD is detached', `git switch ${target.branch} && git pull --ff-only`);
  }
  const upstream = await upstreamOf(repository, branch);
  const follows = upstream ? upstream.remote === target.remote && upstream.branch === target.branch : undefined;
  if (!(follows ?? branch === target.branch)) {
    return stays(`you are on ${branch}`, `git fetch ${target.remote} ${target.branch}:${target.branch}`);
  }
  const head = (await run(['rev-parse', '--verify', '--quiet', 'HEAD'])).stdout.trim();
  if (head === commit) return { moved: true };
  const pull = `git pull --rebase ${target.remote} ${target.branch}`;
  if (head === '') return stays(`${branch} has no commit yet`, pull);
  if ((await run(['merge-base', '--is-ancestor', commit, head])).code === 0) return { moved: true };
  if ((await run(['merge-base', '--is-ancestor', head, commit])).code !== 0) {
    return stays(`${branch} has commits that ${there} has not`, pull);
  }
  if (isBusy(repository)) return stays('a merge, rebase or cherry-pick is under way', pull);

  const differences = await differencesBetween(repository, head, commit);
  await run(['update-index', '-q', '--refresh'], { cwd: top });
  const states = await Promise.all(differences.map(async (difference) => stateOf(repository, difference)));
  const inTheWay = differences.filter((_, index) => states[index] === 'changed').map(({ path }) => path);
  if (inTheWay.length > 0) {
    const named = `${inTheWay.slice(0, 3).join(', ')}${inTheWay.length > 3 ? ` and ${inTheWay.length - 3} more` : ''}`;
    return stays(`you have changed ${named}`, `git stash && ${pull} && git stash pop`);
  }

  const equal = differences.filter((_, index) => states[index] === 'equal');
  const refused = await rehearse(repository, head, commit, equal);
  if (refused !== undefined) return stays(refused, pull);
  await takeIntoIndex(repository, equal);
  reached('fast-forward-index');
  orFail(await run(['read-tree', '-m', '-u', head, commit], { cwd: top }), `Bringing ${branch} up to date`);
  reached('fast-forward-files');
  const args = ['update-ref', '-m', `berth: fast-forward to ${there}`, `refs/heads/${branch}`, commit, head];
  orFail(await run(args), `Bringing ${branch} up to date`);
  reached('fast-forward-ref');
  return { moved: true };
}

const stays = (reason: string, command: string): Moved => ({ moved: false, reason, command });

function isBusy({ gitDir }: OpenRepository): boolean {
  const signs = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'rebase-merge', 'rebase-apply'];
  return signs.some((name) => existsSync(join(gitDir, name)));
}

async function differencesBetween({ run, top }: OpenRepository, from: string, to: string): Promise<Difference[]> {
  const args = ['diff-tree', '-r', '-z', '--no-renames', from, to];
  const parts = orFail(await run(args, { cwd: top }), 'Comparing commits').stdout.split('\0');
  const differences: Difference[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [beforeMode, afterMode, beforeId, afterId] = (parts[index] ?? '').slice(1).split(' ');
    const path = parts[index + 1] ?? '';
    differences.push({ path, before: `${beforeMode} ${beforeId}`, after: `${afterMode} ${afterId}` });
  }
  return differences;
}

/** `untouched`: as HEAD has it. `equal`: as the commit has it, though not staged. `staged`: as the commit has it. */
async function stateOf(
  { run, top }: OpenRepository,
  { path, before, after }: Difference,
): Promise<'untouched' | 'equal' | 'staged' | 'changed'> {
  const absent = /^000000 /;
  const entry = /^(\d+ [0-9a-f]+) 0\t/.exec((await run(['ls-files', '-s', '-z', '--', path], { cwd: top })).stdout);
  const index = entry?.[1];
  const isBefore = index === undefined ? absent.test(before) : index === before;
  const isAfter = index === undefined ? absent.test(after) : index === after;
  if (!isBefore && !isAfter) return 'changed';

  const file = await lstat(join(top, path)).catch(() => undefined);
  const clean = index !== undefined && (await run(['diff-files', '--quiet', '--', path], { cwd: top })).code === 0;
  if (index === undefined ? file === undefined : clean) return isAfter ? 'staged' : 'untouched';
  if (absent.test(after)) return file === undefined ? 'equal' : 'changed';
  if (!file?.isFile()) return 'changed';
  const id = (await run(['hash-object', `--path=${path}`, '--', path], { cwd: top })).stdout.trim();
  const mode = (file.mode & 0o100) === 0 ? '100644' : '100755';
  if (`${mode} ${id}` !== after) return 'changed';
  return isAfter ? 'staged' : 'equal';
}

/** Whether Git itself would do it, tried on a copy of the index: files in the way, locks, what nobody thought of. */
async function rehearse(
  repository: OpenRepository,
  head: string,
  commit: string,
  equal: readonly Difference[],
): Promise<string | undefined> {
  const copy = join(repository.gitDir, `berth-index-${process.pid}`);
  const env = { GIT_INDEX_FILE: copy };
  try {
    await copyFile(join(repository.gitDir, 'index'), copy);
    await takeIntoIndex(repository, equal, env);
    const answer = await repository.run(['read-tree', '-n', '-m', '-u', head, commit], { cwd: repository.top, env });
    return answer.code === 0 ? undefined : words(answer);
  } finally {
    await rm(copy, { force: true });
    await rm(`${copy}.lock`, { force: true });
  }
}

/** What the working tree has already needs only to be known. */
async function takeIntoIndex(
  { run, top }: OpenRepository,
  equal: readonly Difference[],
  env?: Readonly<Record<string, string>>,
): Promise<void> {
  if (equal.length === 0) return;
  const input = equal.map(({ path, after }) => `${after}\t${path}\0`).join('');
  const args = ['update-index', '--add', '-z', '--index-info'];
  orFail(await run(args, { cwd: top, input, ...(env ? { env } : {}) }), 'Updating the index');
  await run(['update-index', '-q', '--refresh'], { cwd: top, ...(env ? { env } : {}) });
}
