import { BerthError } from '../errors.ts';
import type { ReadYaml } from '../kustomize/kustomization-of.ts';
import { listedResources } from '../kustomize/listed-resources.ts';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Which kustomization takes a manifest in, and which directory a cluster is built from because of it. */
export interface KustomizationPlace {
  /** The file that lists the manifest, or shall. */
  file: string;
  listed: boolean;
  /** The topmost directory that includes it. */
  root: string;
}

/** Looks for the kustomization that lists a manifest, else for the nearest one; preferably within a cluster's paths. */
export function placeOf(
  files: ReadonlyMap<string, string>,
  manifest: string,
  paths: readonly string[],
  read?: ReadYaml,
): KustomizationPlace {
  const lists = new Map(
    [...files.keys()]
      .filter((file) => names.includes(baseOf(file)))
      .map((file) => [file, pathsListed(files, directoryOf(file), read)] as const),
  );
  const listing = (path: string): string[] => [...lists].filter(([, listed]) => listed.has(path)).map(([file]) => file);

  const [listedBy] = byPaths(listing(manifest), paths);
  const file = listedBy ?? nearest(files, directoryOf(manifest));
  let root = directoryOf(file);
  for (const seen = new Set([root]); ; seen.add(root)) {
    // What a cluster syncs is built from there, whatever includes it elsewhere.
    if (paths.includes(root)) return { file, listed: listedBy !== undefined, root };
    const [parent] = byPaths(listing(root), paths)
      .map(directoryOf)
      .filter((directory) => !seen.has(directory));
    if (parent === undefined) return { file, listed: listedBy !== undefined, root };
    root = parent;
  }
}

/** A kustomization that cannot be read lists nothing; whoever builds it hears why. */
function pathsListed(files: ReadonlyMap<string, string>, directory: string, read?: ReadYaml): ReadonlySet<string> {
  try {
    return new Set(listedResources(files, directory, read).flatMap(({ path }) => (path === undefined ? [] : [path])));
  } catch (error) {
    if (error instanceof BerthError) return new Set();
    throw error;
  }
}

/** Those within the cluster's paths first. */
function byPaths(found: readonly string[], paths: readonly string[]): string[] {
  return [...found.filter((file) => isWithin(file, paths)), ...found.filter((file) => !isWithin(file, paths))];
}

/** Whether a file or a directory is one of the paths, or below one. */
export function isWithin(place: string, paths: readonly string[]): boolean {
  return paths.some((path) => path === '' || path === '.' || place === path || place.startsWith(`${path}/`));
}

function nearest(files: ReadonlyMap<string, string>, directory: string): string {
  const inDirectory = (name: string): string => (directory === '' ? name : `${directory}/${name}`);
  const found = names.map(inDirectory).find((file) => files.has(file));
  if (found !== undefined) return found;
  const above = directory === '' ? undefined : nearest(files, directoryOf(directory));
  return above !== undefined && files.has(above) ? above : inDirectory('kustomization.yaml');
}

const baseOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
const directoryOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));
