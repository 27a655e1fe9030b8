import type { Repository } from '../types.ts';
import { mostCommon } from './most-common.ts';

/** Folders below the root with something in them that a cluster could apply; none where manifests lie in the root itself. */
export function surveyFolders({ manifests, kustomizations }: Repository): readonly string[] {
  const live = [...manifests.map(({ file }) => file), ...[...kustomizations.values()].map(({ file }) => file)].filter(
    isLive,
  );
  const tops = new Set(live.map((file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '')));
  return tops.has('') ? [] : [...tops].toSorted();
}

/** `clusters/<name>`, as Flux repositories have it. */
export function surveyClusterFolders({ manifests, kustomizations }: Repository): readonly string[] {
  const files = [...manifests, ...kustomizations.values()].map(({ file }) => file);
  const names = files.flatMap((file) => /^clusters\/([A-Za-z0-9][\w.-]*)\//.exec(file)?.[1] ?? []);
  return [...new Set(names)].toSorted();
}

/** The folder below which applications have theirs: `kubernetes/apps`. */
export function applicationsFolder(repository: Repository): string {
  const files = [...repository.manifests, ...repository.kustomizations.values()].map(({ file }) => file).filter(isLive);
  const found = files.flatMap((file) => /^(?:[^/]+\/)?(?:applications|apps)(?=\/)/.exec(file)?.[0] ?? []);
  return mostCommon(found) ?? surveyFolders(repository)[0] ?? 'kubernetes/applications';
}

/** What is kept for the record, and what is meant for tools and people, tells nothing about the platform. */
export const isLive = (file: string): boolean => !/(^|\/)\.|(^|\/)archived?\/|^(docs|examples)\//.test(file);

export const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));
