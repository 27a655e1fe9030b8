import type { YamlFile } from '../yaml/types.ts';
import { joinPath } from './paths.ts';

/**
 * The files that generators of kustomizations read, by paths from the root: whoever builds needs them too, and they
 * need not be YAML.
 */
export function generatorFiles(files: Iterable<YamlFile>): string[] {
  return [...files]
    .filter(({ file }) => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(file))
    .flatMap((yaml) => entriesOf(yaml).map((entry) => joinPath(directoryOf(yaml.file), entry)))
    .filter((path) => path !== undefined);
}

function entriesOf({ documents }: YamlFile): string[] {
  const fields = ['files[*]', 'envs[*]', 'env'].flatMap((field) =>
    ['configMapGenerator', 'secretGenerator'].flatMap((generator) =>
      documents.flatMap((document) => document.fields(`${generator}[*].${field}`)),
    ),
  );
  // `key=path`, or a path alone.
  return fields.flatMap(({ value }) => (typeof value === 'string' ? value.slice(value.indexOf('=') + 1) : []));
}

const directoryOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));
