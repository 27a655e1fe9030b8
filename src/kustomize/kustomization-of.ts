import { readYaml } from '../yaml/read-yaml.ts';
import type { YamlFile } from '../yaml/types.ts';
import { decode, type Source } from './decode-kustomization.ts';
import type { GeneratorOptions, ObjectGenerator } from './generate-resources.ts';
import { kustomizationShape, unsupportedFields } from './kustomization-fields.ts';
import { invalid, unsupported } from './kustomize-error.ts';
import { joinPath } from './paths.ts';
import { fieldOf, isEmpty, isMap, isNull, type PlainMap } from './plain-data.ts';
import type { Replacement } from './replace-fields.ts';
import type { Selector } from './select-resources.ts';
import type { ImageChange } from './set-images.ts';
import type { Labels } from './set-labels.ts';
import type { Replicas } from './set-replicas.ts';
import type { SortOptions } from './sort-resources.ts';

export interface Patch {
  path?: string;
  patch?: string;
  target?: Selector;
  options?: { allowNameChange?: boolean; allowKindChange?: boolean };
}

/** What a kustomization says, in the shape that kustomize gives it. */
export interface Kustomization {
  apiVersion: string;
  kind: 'Kustomization' | 'Component';
  resources?: string[];
  bases?: string[];
  components?: string[];
  namespace?: string;
  namePrefix?: string;
  nameSuffix?: string;
  commonLabels?: Record<string, string>;
  labels?: Labels[];
  commonAnnotations?: Record<string, string>;
  images?: ImageChange[];
  imageTags?: ImageChange[];
  replicas?: Replicas[];
  configMapGenerator?: ObjectGenerator[];
  secretGenerator?: ObjectGenerator[];
  generatorOptions?: GeneratorOptions;
  patches?: Patch[];
  patchesStrategicMerge?: string[];
  patchesJson6902?: Patch[];
  replacements?: Replacement[];
  sortOptions?: SortOptions;
}

export interface KustomizationFile {
  readonly file: string;
  readonly directory: string;
  readonly yaml: YamlFile;
  readonly value: Kustomization;
  /** `file:line:column` of a field, or of the file where there is no such field. */
  readonly at: (path: readonly (string | number)[]) => string;
}

/** Reads a YAML file; others may hand in a reader that remembers what it has read. */
export type ReadYaml = (file: string, text: string) => YamlFile;

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The kustomization of a directory; undefined where there is none. Throws where there are two, or where it is wrong. */
export function kustomizationOf(
  files: ReadonlyMap<string, string>,
  directory: string,
  read: ReadYaml = readYaml,
): KustomizationFile | undefined {
  const found = names.map((name) => joinPath(directory, name) ?? name).filter((file) => files.has(file));
  const [file] = found;
  if (file === undefined) return undefined;
  if (found.length > 1) {
    throw invalid(
      `${directory || 'the root'} has more than one kustomization: ${found.join(', ')}`,
      file,
      'Keep one of them.',
    );
  }

  const yaml = read(file, files.get(file) ?? '');
  const [problem] = yaml.problems;
  if (problem) throw invalid(problem.message, problem.position, problem.hint);
  const [document] = yaml.documents;
  const at = (path: readonly (string | number)[]): string => {
    const position = document?.fieldAt(path)?.position ?? document?.position ?? { file, line: 1, column: 1 };
    return `${position.file}:${position.line}:${position.column}`;
  };
  const written = (path: readonly (string | number)[]): string => {
    const range = document?.fieldAt(path)?.range;
    return range ? yaml.text.slice(...range) : '';
  };
  const quotes = (text: string): boolean => yaml.text.includes(`"${text}"`) || yaml.text.includes(`'${text}'`);
  return { file, directory, yaml, at, value: kustomizationFrom(document?.value, { at, written, quotes }) };
}

function kustomizationFrom(value: unknown, source: Source): Kustomization {
  if (!isNull(value) && !isMap(value)) throw invalid('a kustomization must be a map', source.at([]));
  const known: PlainMap = {};
  for (const key of isMap(value) ? Object.keys(value) : []) {
    const name = Object.keys(unsupportedFields).find((field) => field.toLowerCase() === key.toLowerCase());
    if (name === undefined) known[key] = fieldOf(value, key);
    else if (!isEmpty(fieldOf(value, key))) {
      throw unsupported(`${name} is not supported here`, source.at([key]), unsupportedFields[name]);
    }
  }
  const decoded = decode(known, kustomizationShape, source) as Partial<Kustomization>;
  const kind = decoded.kind || 'Kustomization';
  const expected = kind === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1';
  const apiVersion = decoded.apiVersion || expected;
  if (kind !== 'Kustomization' && kind !== 'Component') {
    throw invalid('the kind of a kustomization must be Kustomization or Component', source.at(['kind']));
  }
  if (apiVersion !== expected)
    throw invalid(`the apiVersion of a ${kind} must be ${expected}`, source.at(['apiVersion']));
  if (isBlank(decoded, value)) {
    throw invalid(
      'the kustomization is empty',
      source.at([]),
      'Write resources: [] where nothing is meant to be built.',
    );
  }
  return { ...decoded, apiVersion, kind };
}

/** An empty list says something; an absent field, null and an empty text do not. */
function isBlank(decoded: Partial<Kustomization>, value: unknown): boolean {
  const unused = Object.keys(unsupportedFields).some((field) => !isNull(fieldOf(value, field)));
  return (
    !unused &&
    Object.entries(decoded).every(
      ([field, content]) =>
        field === 'apiVersion' ||
        field === 'kind' ||
        content === '' ||
        ((field === 'bases' || field === 'imageTags') && isEmpty(content)),
    )
  );
}
