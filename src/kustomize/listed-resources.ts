import { type KustomizationFile, kustomizationOf, type ReadYaml } from './kustomization-of.ts';
import { joinPath } from './paths.ts';

/** An entry of `resources`, `bases` or `components`. */
export interface ListedResource {
  /** As it is written. */
  readonly entry: string;
  /** The file or directory that it means, from the root; undefined where it leads out of the repository. */
  readonly path: string | undefined;
  /** `file:line:column`. */
  readonly at: string;
}

/** What the kustomization of a directory lists, in its order; nothing where there is no kustomization. */
export function listedResources(
  files: ReadonlyMap<string, string>,
  directory: string,
  read?: ReadYaml,
): readonly ListedResource[] {
  const kustomization = kustomizationOf(files, directory, read);
  return kustomization ? entriesOf(kustomization) : [];
}

function entriesOf({ value, directory, at }: KustomizationFile): ListedResource[] {
  return (['resources', 'bases', 'components'] as const).flatMap((field) =>
    (value[field] ?? []).map((entry, index) => ({
      entry,
      path: entry.startsWith('/') ? undefined : joinPath(directory, entry),
      at: at([field, index]),
    })),
  );
}
