import { readYaml } from '../yaml/read-yaml.ts';
import type { YamlDocument, YamlFile } from '../yaml/types.ts';
import { readKustomizations } from './read-kustomizations.ts';
import type { Manifest, Repository } from './types.ts';
import { isMap, listAt, textAt } from './value-at.ts';

/**
 * Takes the files of a Git repository, by path from its root, for what a cluster will take them for. `read` may remember
 * what it has read.
 */
export function readRepository(
  files: ReadonlyMap<string, string>,
  read: (file: string, text: string) => YamlFile = readYaml,
): Repository {
  const yamlFiles = new Map<string, YamlFile>();
  for (const [file, text] of files) if (isYaml(file)) yamlFiles.set(file, read(file, text));

  const kustomizations = readKustomizations(yamlFiles);
  const patches = new Set([...kustomizations.values()].flatMap((kustomization) => kustomization.patches));
  const manifests = [...yamlFiles.values()]
    .filter(({ file }) => !patches.has(file))
    .flatMap(({ documents }) => documents.flatMap((document) => manifestsIn(document)));
  const byKind = groupByKind(manifests);
  return {
    files,
    yamlFiles,
    kustomizations,
    manifests,
    problems: [...yamlFiles.values()].flatMap(({ problems }) => problems),
    manifestsOf: (kind) => byKind.get(kind) ?? [],
  };
}

/** What lies in `.berth/` is berth's own, secrets among it. */
const isYaml = (file: string): boolean => /\.ya?ml$|(^|\/)Kustomization$/.test(file) && !file.startsWith('.berth/');

function groupByKind(manifests: readonly Manifest[]): Map<string, Manifest[]> {
  const byKind = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const kin = byKind.get(manifest.kind);
    if (kin) kin.push(manifest);
    else byKind.set(manifest.kind, [manifest]);
  }
  return byKind;
}

function manifestsIn(document: YamlDocument): Manifest[] {
  const { value } = document;
  if (!isMap(value)) return [];
  if (value['kind'] !== 'List') return manifestOf(document, value, []);
  return listAt(value, 'items').flatMap((item, index) =>
    isMap(item) ? manifestOf(document, item, ['items', index]) : [],
  );
}

function manifestOf(
  document: YamlDocument,
  value: Record<string, unknown>,
  place: readonly (string | number)[],
): Manifest[] {
  const { apiVersion, kind } = value;
  const name = textAt(value, 'metadata', 'name');
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !name) return [];
  const inList = place.length > 0 ? `items[${place[1]}].` : '';
  return [
    {
      apiVersion,
      kind,
      name,
      namespace: textAt(value, 'metadata', 'namespace'),
      file: document.file,
      document,
      value,
      fieldAt: (path) => document.fieldAt([...place, ...path]),
      fields: (path) => document.fields(`${inList}${path}`),
    },
  ];
}
