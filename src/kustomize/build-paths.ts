import { BerthError } from '../errors.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { type BuiltObject, buildKustomization } from './build-kustomization.ts';
import { kustomizationOf, type ReadYaml } from './kustomization-of.ts';
import { listedResources } from './listed-resources.ts';
import { isWithin, joinPath } from './paths.ts';
import { isMap } from './plain-data.ts';

const names = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization']);

/**
 * Everything that a cluster gets of the paths that it syncs: each kustomization that no other one lists, built, and
 * the manifests of directories that have none, as they are.
 */
export function buildPaths(
  files: ReadonlyMap<string, string>,
  paths: readonly string[],
  read: ReadYaml = readYaml,
): readonly BuiltObject[] {
  const kustomized = [...files.keys()].filter((file) => names.has(baseOf(file))).map(directoryOf);
  const listed = new Set(
    kustomized.flatMap((directory) =>
      (unlessWrong(() => listedResources(files, directory, read)) ?? []).map(({ path }) => path),
    ),
  );
  return paths
    .flatMap((written) => joinPath('', written) ?? [])
    .flatMap((path) => {
      if (kustomized.includes(path)) return buildKustomization(files, path, read).objects;
      const roots = kustomized.filter(
        (directory) => isWithin(directory, path) && !listed.has(directory) && !isComponent(files, directory, read),
      );
      // A kustomization says for all below it what is applied of that.
      const plain = [...files.keys()].filter(
        (file) =>
          isWithin(file, path) && /\.ya?ml$/.test(file) && !kustomized.some((directory) => isWithin(file, directory)),
      );
      const outermost = roots.filter((root) => !roots.some((other) => other !== root && isWithin(root, other)));
      return [
        ...outermost.flatMap((directory) => buildKustomization(files, directory, read).objects),
        ...plain.flatMap((file) => objectsOf(file, files.get(file) ?? '', read)),
      ];
    });
}

/** Files that kustomizations name and that need not be YAML: what their generators take in, and patches. */
export function otherFiles(files: ReadonlyMap<string, string>, read: ReadYaml = readYaml): string[] {
  const directories = [...files.keys()].filter((file) => names.has(baseOf(file))).map(directoryOf);
  return directories.flatMap((directory) => {
    const { value } = unlessWrong(() => kustomizationOf(files, directory, read)) ?? {};
    const generators = [...(value?.configMapGenerator ?? []), ...(value?.secretGenerator ?? [])];
    const taken = generators.flatMap(({ files: entries = [], envs = [], env }) => [
      ...entries.map((entry) => entry.slice(entry.indexOf('=') + 1)),
      ...envs,
      ...(env === undefined ? [] : [env]),
    ]);
    const patches = [...(value?.patches ?? []), ...(value?.patchesJson6902 ?? [])].flatMap(({ path }) => path ?? []);
    return [...taken, ...patches].flatMap((entry) => joinPath(directory, entry) ?? []);
  });
}

function objectsOf(file: string, text: string, read: ReadYaml): BuiltObject[] {
  const { documents } = read(file, text);
  return documents.flatMap(({ value, index }) =>
    isMap(value) && typeof value['kind'] === 'string' && isMap(value['metadata'])
      ? [{ value, file, document: index }]
      : [],
  );
}

function isComponent(files: ReadonlyMap<string, string>, directory: string, read: ReadYaml): boolean {
  return unlessWrong(() => kustomizationOf(files, directory, read))?.value.kind === 'Component';
}

/** A kustomization that is wrong fails where it is built, not where another one is. */
function unlessWrong<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof BerthError) return undefined;
    throw error;
  }
}

const baseOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
const directoryOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));
