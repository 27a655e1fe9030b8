import type { FileDifference, TrailedCommit } from '../git.ts';
import { orFail } from './git-error.ts';
import type { OpenRepository } from './open-repository.ts';
import { commit, showFile } from './read-revision.ts';

/** How far back a deploy is looked for. */
const depth = 1000;

/** Commits below `head` that carry a trailer, newest first. */
export async function commitsWithTrailer(
  { run }: OpenRepository,
  head: string,
  trailer: string,
  value: string,
): Promise<TrailedCommit[]> {
  const format = '%H%x00%(trailers:only,unfold)%x01';
  const line = `${trailer}: ${value}`;
  const args = ['log', `--max-count=${depth}`, `--format=${format}`, '--fixed-strings', `--grep=${line}`];
  const { stdout } = orFail(await run([...args, commit(head), '--']), 'Reading the history');
  return stdout
    .split('\u0001')
    .map((entry) => entry.trim().split('\0'))
    .map(([id = '', trailers = '']) => ({ commit: id, trailers: parseTrailers(trailers) }))
    .filter((found) => found.trailers[trailer] === value);
}

function parseTrailers(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [, key, value] = /^([\w-]+): *(.*)$/.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
}

/** The newest commit, `head` included, that changed one of these files. */
export async function lastCommitOf(
  { run, top, prefix }: OpenRepository,
  head: string,
  files: readonly string[],
): Promise<string | undefined> {
  if (files.length === 0) return undefined;
  const paths = files.map((file) => `${prefix}${file}`);
  const answer = await run(['log', '-1', '--format=%H', commit(head), '--', ...paths], { cwd: top });
  return orFail(answer, 'Reading the history').stdout.trim() || undefined;
}

/** The newest commit that both HEAD and `other` come from. */
export async function commonBase({ run }: OpenRepository, other: string): Promise<string | undefined> {
  const { code, stdout } = await run(['merge-base', 'HEAD', commit(other)]);
  return code === 0 ? stdout.trim() : undefined;
}

/** What one commit did, file by file, against its first parent. */
export async function changesOf(repository: OpenRepository, revision: string): Promise<FileDifference[]> {
  const { run, top, prefix } = repository;
  const args = ['diff-tree', '-r', '-z', '--root', '--no-renames', '--no-commit-id', '--name-only', commit(revision)];
  const names = orFail(await run(args, { cwd: top }), 'Reading a commit')
    .stdout.split('\0')
    .filter(Boolean);
  const parent = (await run(['rev-parse', '--verify', '--quiet', `${commit(revision)}^`])).stdout.trim();
  const files = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const differences: FileDifference[] = [];
  for (const file of files) {
    differences.push({
      file,
      before: parent === '' ? undefined : await showFile(repository, parent, file),
      after: await showFile(repository, revision, file),
    });
  }
  return differences;
}
