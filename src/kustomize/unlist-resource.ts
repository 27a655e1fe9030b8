import { endOfLine, startOfLine } from '../yaml/lines.ts';
import type { Edit, YamlFile } from '../yaml/types.ts';
import { resourceEntries, sameEntry } from './resource-entries.ts';

/** Takes an entry out of `resources`, with its line and nothing else. Undefined where it is not listed. */
export function unlistResource(yaml: YamlFile, entry: string): Edit | undefined {
  const { file, text } = yaml;
  const resources = resourceEntries(yaml);
  if (resources.form !== 'flow' && resources.form !== 'block') return undefined;
  const { entries } = resources;
  const index = entries.findIndex((one) => sameEntry(one.text, entry));
  const found = entries[index];
  if (!found) return undefined;
  const [start, end] = found.range;

  if (resources.form === 'flow') {
    const [next, previous] = [entries[index + 1], entries[index - 1]];
    if (next) return { file, range: [start, next.range[0]], text: '' };
    if (previous) return { file, range: [previous.range[1], end], text: '' };
    return { file, range: resources.list, text: '[]' };
  }

  const line = startOfLine(text, start);
  const lineEnd = endOfLine(text, end);
  if (entries.length === 1) {
    // Without its last entry `resources:` would say null, and a kustomization of nothing but that is an error.
    return { file, range: [resources.keyEnd, lineEnd], text: ` []${text.slice(resources.keyEnd, line).trimEnd()}` };
  }
  const next = /^\r?\n/.exec(text.slice(lineEnd));
  if (next) return { file, range: [line, lineEnd + next[0].length], text: '' };
  return { file, range: [endOfLine(text, line - 2), lineEnd], text: '' };
}
