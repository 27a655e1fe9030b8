import { BerthError } from '../../errors.ts';
import { listedResources } from '../../kustomize/listed-resources.ts';
import { type KustomizationPlace, placeOf } from '../../plan/kustomization-place.ts';
import { withListed } from '../../plan/list-in-kustomization.ts';
import { type FileStates, type OwnChanges, ownChanges } from '../../plan/own-changes.ts';
import { findServer } from '../../repository/find-server.ts';
import { mustBeReadable } from '../../repository/must-be-readable.ts';
import { readRepository } from '../../repository/read-repository.ts';
import type { McpServer, Repository } from '../../repository/types.ts';
import type { Context } from '../define-command.ts';
import { ownFiles } from './own-files.ts';
import type { Trees } from './read-trees.ts';
import { type Setting, whereTo } from './setting.ts';

/** One server in Git: what is here, what the target has, and what it will have. */
export interface GitView extends Trees {
  server: McpServer;
  /** The target with this server's changes, and listed. */
  repository: Repository;
  /** Manifests and source that the target will have. */
  own: readonly string[];
  changes: OwnChanges['changes'];
  /** The server's files as the target has them. */
  targetTexts: ReadonlyMap<string, string>;
  place: KustomizationPlace;
  /** The kustomization that the target will have. */
  kustomization: string | undefined;
  listedOnTarget: boolean;
  listedHere: boolean;
}

/** Brings both sides together, in memory. Errors: GIT_CONFLICT, MANIFEST_UNREADABLE, SERVER_UNKNOWN. */
export async function gitView(
  { git, files }: Pick<Context, 'git' | 'files'>,
  setting: Setting,
  trees: Trees,
): Promise<GitView> {
  const { platform, config, target, name, read } = setting;
  const { head, base, here, onTarget } = trees;
  const ours = readRepository(here, read);
  const repositories = [ours, readRepository(onTarget, read)];
  const own = await ownFiles(git, { name, platform, repositories, head });
  const states = await Promise.all(
    own.map(async (file): Promise<FileStates> => ({
      file,
      mine: await files.read(file),
      base: base === undefined ? undefined : await git.show(base, file),
      target: head === undefined ? undefined : await git.show(head, file),
    })),
  );
  const { changes, conflicts } = ownChanges(states);
  if (conflicts.length > 0) throw conflict(conflicts, whereTo(target));

  const merged = new Map(onTarget);
  for (const { file, text } of changes) {
    if (text === undefined) merged.delete(file);
    else merged.set(file, text);
  }
  const unlisted = readRepository(merged, read);
  mustBeReadable(unlisted, ...changes.map(({ file }) => file));
  const server = serverIn(unlisted, ours, setting);
  const place = placeOf(unlisted, server.file, config.paths);
  const before = place.file === undefined ? undefined : merged.get(place.file);
  const kustomization = place.file && withListed(place.file, before ?? adopted(here, merged, place.file), server.file);
  if (place.file && kustomization) merged.set(place.file, kustomization);

  const gone = new Set(changes.filter(({ text }) => text === undefined).map(({ file }) => file));
  const targetTexts = new Map(states.flatMap(({ file, target: text }) => (text === undefined ? [] : [[file, text]])));
  return {
    ...trees,
    server,
    repository: readRepository(merged, read),
    own: own.filter((file) => !gone.has(file) && (targetTexts.has(file) || changes.some((one) => one.file === file))),
    changes,
    targetTexts,
    place,
    kustomization,
    listedOnTarget: before === kustomization,
    listedHere: !here.has(server.file) || placeOf(ours, server.file, config.paths).listed,
  };
}

function conflict(files: readonly string[], where: string): BerthError {
  const named = files.join(', ');
  return new BerthError('GIT_CONFLICT', `${named} was changed here and on ${where}, and not alike`, {
    hint: `Bring both together first: git pull --rebase ${where.replace('/', ' ')}`,
  });
}

function serverIn(merged: Repository, here: Repository, { platform, name, target }: Setting): McpServer {
  try {
    return findServer(merged, platform, name);
  } catch (error) {
    const isHere = here.manifests.some((manifest) => manifest.name === `${name}-mcp`);
    if (!isHere || !(error instanceof BerthError)) throw error;
    throw new BerthError('SERVER_UNKNOWN', `${name} is in your working tree, but was taken off ${whereTo(target)}`, {
      hint: `Catch up with git pull --rebase, or bring it back: change its manifest, then berth deploy ${name}.`,
      cause: error,
    });
  }
}

/** A kustomization that is only here, as a whole where the target has all that it lists. */
function adopted(
  here: ReadonlyMap<string, string>,
  merged: ReadonlyMap<string, string>,
  file: string,
): string | undefined {
  const text = here.get(file);
  if (text === undefined) return undefined;
  const directory = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  const isThere = (path: string | undefined): boolean =>
    path !== undefined && (merged.has(path) || [...merged.keys()].some((other) => other.startsWith(`${path}/`)));
  const listed = listedResources(new Map([[file, text]]), directory);
  return listed.every(({ path }) => isThere(path)) ? text : undefined;
}
