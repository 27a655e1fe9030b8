import { isWithin } from '../paths.ts';
import type { Kustomization, Manifest, Repository } from './types.ts';

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
  const seen = new Set<Kustomization>();
  const take = (kustomization: Kustomization): void => {
    if (seen.has(kustomization)) return;
    seen.add(kustomization);
    for (const path of kustomization.resources) {
      const below = kustomizations.get(path);
      if (below) take(below);
      else if (yamlFiles.has(path)) applied.add(path);
    }
  };

  for (const kustomization of kustomizations.values()) if (wanted(kustomization.directory)) take(kustomization);
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
