import type { Kustomization, Manifest, Repository } from './types.ts';

/**
 * Gives the namespace that a manifest ends up in. A kustomization that names one overrides what is written, and the
 * outermost has the last word; `otherwise` stands where nobody says anything.
 */
export function namespaceResolver(
  { kustomizations }: Repository,
  otherwise: string,
): (manifest: Pick<Manifest, 'file' | 'namespace'>) => string {
  const listedBy = new Map<string, Kustomization>();
  for (const kustomization of kustomizations.values()) {
    for (const path of kustomization.resources) if (!listedBy.has(path)) listedBy.set(path, kustomization);
  }
  const byFile = new Map<string, string | undefined>();
  const imposed = (file: string): string | undefined => {
    if (byFile.has(file)) return byFile.get(file);
    let namespace: string | undefined;
    const seen = new Set<Kustomization>();
    let above = listedBy.get(file);
    while (above && !seen.has(above)) {
      seen.add(above);
      namespace = above.namespace ?? namespace;
      above = listedBy.get(above.directory);
    }
    byFile.set(file, namespace);
    return namespace;
  };
  return ({ file, namespace }) => imposed(file) ?? namespace ?? otherwise;
}
