import { isWithin } from '../paths.ts';
import type { Manifest, Repository } from './types.ts';

/**
 * The manifests below some folders that reach a cluster: those that a kustomization takes in, and those of folders
 * that have none at all. What lies beside a kustomization that does not list it reaches nothing.
 */
export function appliedManifests(repository: Repository, folders: readonly string[]): readonly Manifest[] {
  const files = appliedFiles(repository, folders);
  return repository.manifests.filter(({ file }) => files.has(file));
}

function appliedFiles({ yamlFiles, kustomizations }: Repository, folders: readonly string[]): ReadonlySet<string> {
  const wanted = (path: string): boolean => folders.some((folder) => isWithin(path, folder)) && !isKeptAside(path);
  const applied = new Set<string>();
  // A set is walked to its end, whatever is added on the way.
  const taken = new Set([...kustomizations.values()].filter(({ directory }) => wanted(directory)));
  for (const { resources } of taken) {
    for (const path of resources) {
      const below = kustomizations.get(path);
      if (below) taken.add(below);
      else if (yamlFiles.has(path)) applied.add(path);
    }
  }
  const charts = new Set([...yamlFiles.keys()].filter((file) => /(^|\/)Chart\.ya?ml$/.test(file)).map(folderOf));
  for (const file of yamlFiles.keys()) {
    if (wanted(file) && !governed(file, kustomizations, charts)) applied.add(file);
  }
  return applied;
}

/** Kept for the record or meant for people: nobody applies it. */
const isKeptAside = (path: string): boolean =>
  /(^|\/)(\.?archived?|\.github|\.berth)(\/|$)|^(docs|examples)\//.test(path);

/** Whether a kustomization or a Helm chart of its folder, or of one around it, decides about a file. */
function governed(file: string, kustomizations: ReadonlyMap<string, unknown>, charts: ReadonlySet<string>): boolean {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    if (kustomizations.has(folder) || charts.has(folder)) return true;
    if (folder === '') return false;
  }
}

const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '');
