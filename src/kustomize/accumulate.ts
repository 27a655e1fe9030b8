import { absorbResource } from './absorb-resource.ts';
import { applyOldJsonPatch, applyPatch, applyStrategicPatch, type PatchContext } from './apply-patches.ts';
import { generateResource, type ObjectGenerator } from './generate-resources.ts';
import { type KustomizationFile, kustomizationOf, type ReadYaml } from './kustomization-of.ts';
import { invalid, missing, unsupported } from './kustomize-error.ts';
import { isWithin, joinPath, looksRemote } from './paths.ts';
import { readResources } from './read-resources.ts';
import { renameResources } from './rename-resources.ts';
import { replaceFields } from './replace-fields.ts';
import { ResourceList } from './resource-list.ts';
import { setImages } from './set-images.ts';
import { setCommonAnnotations, setCommonLabels, setLabels } from './set-labels.ts';
import { setNamespace } from './set-namespace.ts';
import { setReplicas } from './set-replicas.ts';

// Directories that include each other twice at every step grow beyond all bounds without a cycle.
const mostKustomizations = 20_000;

/** One build: goes through a kustomization and all that it names, and changes what comes as each of them says. */
export class Accumulation {
  readonly #files: ReadonlyMap<string, string>;
  readonly #read: ReadYaml;
  readonly #directories: ReadonlySet<string>;
  #count = 0;

  constructor(files: ReadonlyMap<string, string>, read: ReadYaml) {
    this.#files = files;
    this.#read = read;
    this.#directories = directoriesOf(files.keys());
  }

  run(directory: string): { resources: ResourceList; kustomization: KustomizationFile } {
    const normal = joinPath('', directory) ?? directory;
    const kustomization = this.#kustomization(normal, undefined);
    const resources = new ResourceList();
    this.#accumulate(kustomization, resources, [normal]);
    return { resources, kustomization };
  }

  #kustomization(directory: string, at: string | undefined): KustomizationFile {
    const kustomization = kustomizationOf(this.#files, directory, this.#read);
    if (!kustomization) {
      throw missing(
        `${directory || 'the root'} has no kustomization.yaml`,
        at,
        'Add one, or name the files themselves.',
      );
    }
    this.#count += 1;
    if (this.#count > mostKustomizations)
      throw unsupported('the kustomizations include one another without an end', at);
    return kustomization;
  }

  #accumulate(kustomization: KustomizationFile, resources: ResourceList, visited: readonly string[]): void {
    const { resources: own = [], bases = [] } = kustomization.value;
    for (const [index, path] of own.entries()) {
      this.#include(kustomization, path, kustomization.at(['resources', index]), resources, visited);
    }
    for (const [index, path] of bases.entries()) {
      this.#include(kustomization, path, kustomization.at(['bases', index]), resources, visited);
    }
    this.#generate(kustomization, resources);
    for (const [index, path] of (kustomization.value.components ?? []).entries()) {
      const at = kustomization.at(['components', index]);
      const component = this.#directory(kustomization, path, at, visited);
      if (component.value.kind !== 'Component') throw invalid(`${component.file} is no Component`, at);
      this.#accumulate(component, resources, [...visited, component.directory]);
    }
    this.#transform(kustomization, resources);
  }

  #include(
    from: KustomizationFile,
    path: string,
    at: string,
    resources: ResourceList,
    visited: readonly string[],
  ): void {
    const file = joinPath(from.directory, path);
    const text = file === undefined || path.startsWith('/') ? undefined : this.#files.get(file);
    if (file !== undefined && text !== undefined) {
      expectWithin(file, from, at);
      for (const resource of readResources(this.#read(file, text))) resources.append(resource);
      return;
    }
    const base = this.#directory(from, path, at, visited);
    if (base.value.kind === 'Component') throw invalid(`${base.file} is a Component`, at, 'List it under components.');
    const built = new ResourceList();
    this.#accumulate(base, built, [...visited, base.directory]);
    for (const resource of built.items) resources.append(resource);
  }

  #directory(from: KustomizationFile, path: string, at: string, visited: readonly string[]): KustomizationFile {
    if (path === '') throw invalid('an entry is empty', at);
    const directory = joinPath(from.directory, path);
    if (directory === undefined || path.startsWith('/')) throw invalid(`${path} leads out of the repository`, at);
    if (!this.#directories.has(directory)) throw this.#absent(path, directory, at);
    const inner = visited.find((one) => isWithin(one, directory));
    if (inner !== undefined) {
      throw invalid(`${path} leads back to ${directory || 'the root'}, which is being built or holds what is`, at);
    }
    return this.#kustomization(directory, at);
  }

  #absent(path: string, resolved: string, at: string): Error {
    if (looksRemote(path)) {
      return unsupported(
        `${path} is fetched from elsewhere`,
        at,
        'Put a copy of it into the repository, and name that.',
      );
    }
    return missing(`${resolved} is listed and does not exist`, at, 'Add the file, or take the line out.');
  }

  #load(from: KustomizationFile, path: string, at: string): string {
    if (/^https?:/i.test(path)) throw this.#absent(path, path, at);
    const file = joinPath(from.directory, path);
    if (file === undefined || path.startsWith('/')) throw invalid(`${path} leads out of the repository`, at);
    const text = this.#files.get(file);
    if (text === undefined) throw this.#absent(path, file, at);
    expectWithin(file, from, at);
    return text;
  }

  #generate(kustomization: KustomizationFile, resources: ResourceList): void {
    const { configMapGenerator = [], secretGenerator = [], generatorOptions } = kustomization.value;
    const generate = (kind: 'ConfigMap' | 'Secret', generator: ObjectGenerator, at: string): void => {
      const load = (path: string): string => this.#load(kustomization, path, at);
      const origin = { file: kustomization.file, document: 0 };
      absorbResource(resources, generateResource(kind, generator, generatorOptions, { load, origin, at }), at);
    };
    for (const [index, generator] of configMapGenerator.entries()) {
      generate('ConfigMap', generator, kustomization.at(['configMapGenerator', index]));
    }
    for (const [index, generator] of secretGenerator.entries()) {
      generate('Secret', generator, kustomization.at(['secretGenerator', index]));
    }
  }

  /** In kustomize's order, whatever the order in the file. */
  #transform(kustomization: KustomizationFile, resources: ResourceList): void {
    const { value, at } = kustomization;
    const context = (field: string, index: number): PatchContext => {
      const place = at([field, index]);
      return {
        at: place,
        load: (path) => this.#load(kustomization, path, place),
        read: (text, path) =>
          this.#read(path === undefined ? kustomization.file : (joinPath(kustomization.directory, path) ?? path), text),
      };
    };

    for (const [index, item] of (value.patchesStrategicMerge ?? []).entries()) {
      applyStrategicPatch(resources, item, context('patchesStrategicMerge', index));
    }
    for (const [index, patch] of (value.patches ?? []).entries())
      applyPatch(resources, patch, context('patches', index));
    if (value.namespace) setNamespace(resources, value.namespace);
    if (value.namePrefix) renameResources(resources, { prefix: value.namePrefix });
    if (value.nameSuffix) renameResources(resources, { suffix: value.nameSuffix });
    for (const labels of value.labels ?? []) setLabels(resources.items, labels);
    setCommonLabels(resources.items, value.commonLabels ?? {});
    setCommonAnnotations(resources.items, value.commonAnnotations ?? {});
    for (const [index, patch] of (value.patchesJson6902 ?? []).entries()) {
      applyOldJsonPatch(resources, patch, context('patchesJson6902', index));
    }
    for (const [index, replicas] of (value.replicas ?? []).entries()) {
      setReplicas(resources.items, replicas, at(['replicas', index]));
    }
    for (const image of [...(value.images ?? []), ...(value.imageTags ?? [])]) setImages(resources.items, image);
    for (const [index, replacement] of (value.replacements ?? []).entries()) {
      replaceFields(resources, replacement, context('replacements', index));
    }
  }
}

function expectWithin(file: string, from: KustomizationFile, at: string): void {
  if (isWithin(file, from.directory)) return;
  throw invalid(
    `${file} is not in or below ${from.directory || 'the root'}, and kustomize reads nothing else`,
    at,
    'Give its directory a kustomization.yaml, and list the directory.',
  );
}

function directoriesOf(files: Iterable<string>): Set<string> {
  const directories = new Set(['']);
  for (const file of files) {
    for (let slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
      const directory = file.slice(0, slash);
      if (directories.has(directory)) break;
      directories.add(directory);
    }
  }
  return directories;
}
