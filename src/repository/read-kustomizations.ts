import { joinPath } from '../paths.ts';
import type { YamlFile } from '../yaml/types.ts';
import type { Kustomization } from './types.ts';
import { isMap, listAt, textAt } from './value-at.ts';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * What the kustomizations of a repository take in, by directory. Nothing is refused here: a broken one must not get in
 * the way of somebody who works elsewhere. Whoever builds one is told by `kustomize/`.
 */
export function readKustomizations(yamlFiles: ReadonlyMap<string, YamlFile>): ReadonlyMap<string, Kustomization> {
  const found = new Map<string, Kustomization>();
  for (const [file, { documents }] of yamlFiles) {
    const directory = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
    const value = documents[0]?.value;
    if (!names.includes(file.slice(directory ? directory.length + 1 : 0)) || isOfFlux(value)) continue;
    found.set(directory, kustomizationFrom(file, directory, value));
  }
  return found;
}

/** Flux has a kind of the same name, which is an object and takes nothing in by itself. */
const isOfFlux = (value: unknown): boolean =>
  textAt(value, 'apiVersion')?.startsWith('kustomize.toolkit.fluxcd.io/') ?? false;

function kustomizationFrom(file: string, directory: string, value: unknown): Kustomization {
  const inside = (paths: readonly unknown[]): string[] =>
    paths.flatMap((path) => {
      if (typeof path !== 'string' || path.startsWith('/')) return [];
      return joinPath(directory, path) ?? [];
    });
  const pathsOf = (field: string): unknown[] =>
    listAt(value, field).map((patch) => (isMap(patch) ? patch['path'] : patch));
  return {
    file,
    directory,
    namespace: textAt(value, 'namespace') || undefined,
    resources: inside(['resources', 'bases', 'components'].flatMap((field) => listAt(value, field))),
    patches: inside(['patches', 'patchesStrategicMerge', 'patchesJson6902'].flatMap(pathsOf)),
  };
}
