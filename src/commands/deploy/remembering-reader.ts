import type { ReadYaml } from '../../kustomize/kustomization-of.ts';
import { readYaml } from '../../yaml/read-yaml.ts';
import type { YamlFile } from '../../yaml/types.ts';

/** Reads a text once, however often the world is looked at. */
export function rememberingReader(): ReadYaml {
  const known = new Map<string, YamlFile>();
  return (file, text) => {
    const found = known.get(file);
    if (found?.text === text) return found;
    const read = readYaml(file, text);
    known.set(file, read);
    return read;
  };
}
