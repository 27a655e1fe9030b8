import { buildPaths, otherFiles } from '../../kustomize/build-paths.ts';
import type { Repository } from '../../repository/types.ts';
import type { Context } from '../define-command.ts';

/**
 * Refuses manifests of which nothing could be run: where a cluster is to begin, they are a mistake; where it runs
 * already, the next save may mend them. Errors: those of the kustomization.
 */
export async function mustBuild(
  { files }: Pick<Context, 'files'>,
  repository: Repository,
  paths: readonly string[],
): Promise<void> {
  const texts = new Map(repository.files);
  for (const file of otherFiles(texts)) {
    const text = texts.has(file) ? undefined : await files.read(file);
    if (text !== undefined) texts.set(file, text);
  }
  buildPaths(texts, paths);
}
