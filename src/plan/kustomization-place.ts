import { isWithin } from '../paths.ts';
import type { Kustomization, Repository } from '../repository/types.ts';

/** Which kustomization takes a manifest in, and which directory a cluster is built from because of it. */
export interface KustomizationPlace {
  /** The file that lists the manifest, or shall; undefined in a folder that is applied as it is. */
  file: string | undefined;
  listed: boolean;
  /** The topmost directory that includes it. */
  root: string;
}

/** Looks for the kustomization that lists a manifest, else for the nearest one; preferably within a cluster's paths. */
export function placeOf(repository: Repository, manifest: string, paths: readonly string[]): KustomizationPlace {
  const listing = (path: string): Kustomization[] =>
    byPaths(
      [...repository.kustomizations.values()].filter(({ resources }) => resources.includes(path)),
      paths,
    );
  const [listedBy] = listing(manifest);
  const found = listedBy ?? nearest(repository, directoryOf(manifest));
  if (!found) return withoutKustomization(repository, manifest);

  let root = found.directory;
  for (const seen = new Set([root]); ; seen.add(root)) {
    // What a cluster syncs is built from there, whatever includes it elsewhere.
    const parent = paths.includes(root) ? undefined : listing(root).find(({ directory }) => !seen.has(directory));
    if (!parent) return { file: found.file, listed: listedBy !== undefined, root };
    root = parent.directory;
  }
}

/** A kustomization would hide what lies beside it and is applied as it is; a server of its own gets one. */
function withoutKustomization({ manifests }: Repository, manifest: string): KustomizationPlace {
  const root = directoryOf(manifest);
  const alone = manifests.every(({ file }) => file === manifest || directoryOf(file) !== root);
  const file = root === '' ? 'kustomization.yaml' : `${root}/kustomization.yaml`;
  return alone ? { file, listed: false, root } : { file: undefined, listed: true, root };
}

/** Those within the cluster's paths first. */
function byPaths(found: readonly Kustomization[], paths: readonly string[]): Kustomization[] {
  const isSynced = ({ directory }: Kustomization): boolean => paths.some((path) => isWithin(directory, path));
  return [...found.filter(isSynced), ...found.filter((one) => !isSynced(one))];
}

function nearest(repository: Repository, directory: string): Kustomization | undefined {
  const found = repository.kustomizations.get(directory);
  return found || directory === '' ? found : nearest(repository, directoryOf(directory));
}

const directoryOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));
