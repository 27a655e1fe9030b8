import type { Range, YamlDocument, YamlFile } from '../yaml/types.ts';
import { invalid, unsupported } from './kustomize-error.ts';
import { isList, isMap, isNull } from './plain-data.ts';

/** One entry of `resources` and where it stands. */
export interface Entry {
  text: string;
  range: Range;
}

/** How a kustomization writes its `resources`, for who changes them. */
export type ResourceEntries =
  | { form: 'absent'; document: YamlDocument | undefined }
  /** `keyEnd` is where the colon ends, `valueEnd` the end of `[]`, `null` or nothing. */
  | { form: 'empty'; keyEnd: number; valueEnd: number }
  | { form: 'flow'; list: Range; entries: readonly Entry[] }
  | { form: 'block'; keyEnd: number; entries: readonly Entry[] };

export function resourceEntries(yaml: YamlFile): ResourceEntries {
  const [problem] = yaml.problems;
  if (problem) throw invalid(problem.message, problem.position, problem.hint);
  const [document] = yaml.documents;
  if (!document || isNull(document.value)) return { form: 'absent', document };
  if (!isMap(document.value)) throw invalid('a kustomization must be a map', document.position);
  if (!Object.hasOwn(document.value, 'resources')) return { form: 'absent', document };

  const { resources } = document.value;
  const list = document.fieldAt(['resources'])?.range;
  if (!isNull(resources) && !isList(resources)) throw invalid('resources must be a list', document.position);
  const written = list ? yaml.text.slice(...list) : '';
  if (isNull(resources) || resources.length === 0) {
    const keyEnd = keyEndOf(yaml, document);
    return { form: 'empty', keyEnd, valueEnd: written === '' || !list ? keyEnd : list[1] };
  }
  const entries = resources.map((text, index): Entry => {
    const range = document.fieldAt(['resources', index])?.range;
    if (typeof text === 'string' && range) return { text, range };
    throw invalid('an entry of resources is no text', document.position);
  });
  if (list && written.startsWith('[')) return { form: 'flow', list, entries };
  return { form: 'block', keyEnd: keyEndOf(yaml, document), entries };
}

/** Keys of the outermost map begin their lines; nothing within a value can stand that far left. */
function keyEndOf({ text }: YamlFile, { range, position }: YamlDocument): number {
  const key = new RegExp(String.raw`^ {${position.column - 1}}(["']?)resources\1[ \t]*:`, 'gm');
  key.lastIndex = text.lastIndexOf('\n', range[0]) + 1;
  if (key.test(text) && key.lastIndex <= range[1]) return key.lastIndex;
  throw unsupported(
    'resources are written in a way that cannot be changed by range',
    position,
    'Write them as a list of lines.',
  );
}

/** Whether two entries mean the same file or directory. */
export function sameEntry(left: string, right: string): boolean {
  return normal(left) === normal(right);
}

function normal(entry: string): string {
  return entry
    .split('/')
    .filter((part, index) => part !== '.' && (part !== '' || index === 0))
    .join('/');
}
