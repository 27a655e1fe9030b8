import { BerthError } from '../errors.ts';
import type { Repository } from './types.ts';

/** MANIFEST_UNREADABLE for the first of these files that is no valid YAML; what is wrong elsewhere is not asked. */
export function mustBeReadable({ yamlFiles }: Repository, ...files: readonly string[]): void {
  for (const file of new Set(files)) {
    const [problem] = yamlFiles.get(file)?.problems ?? [];
    if (!problem) continue;
    const { position, message, hint, began } = problem;
    const { line, column } = position;
    throw new BerthError('MANIFEST_UNREADABLE', `${file} is no valid YAML: ${message}`, {
      at: `${file}:${line}:${column}`,
      hint:
        hint ??
        (began
          ? `The block that breaks here began in line ${began.line}.`
          : 'Correct the file, then run the same command again.'),
    });
  }
}
