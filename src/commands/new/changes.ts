import { BerthError } from '../../errors.ts';
import { buildKustomization } from '../../kustomize/build-kustomization.ts';
import { generatorFiles } from '../../kustomize/generator-files.ts';
import { placeOf } from '../../plan/kustomization-place.ts';
import { withListed } from '../../plan/list-in-kustomization.ts';
import type { Context } from '../define-command.ts';
import type { NewSetting } from './load-setting.ts';

export interface WrittenFile {
  file: string;
  /** In words: what it holds, or what happened to it. */
  what: string;
}

export interface Change extends WrittenFile {
  text: string;
  /** What is there was written by people, and would be lost. */
  precious: boolean;
}

/**
 * The kustomization that takes the manifest in, with it; built once, so that nothing broken is written. Undefined in a
 * folder that is applied as it is.
 */
export async function listedIn(
  { repository, cluster, manifest }: NewSetting,
  text: string,
  tree: Context['files'],
): Promise<{ file: string; text: string; note?: string } | undefined> {
  const place = placeOf(repository, manifest, cluster.paths);
  if (place.file === undefined) return undefined;
  const files = new Map([...repository.files, [manifest, text]]);
  for (const file of generatorFiles(repository.yamlFiles.values())) {
    const content = files.get(file) ?? (await tree.read(file));
    if (content !== undefined) files.set(file, content);
  }
  const listed = withListed(place.file, files.get(place.file), manifest);
  files.set(place.file, listed);
  try {
    buildKustomization(files, place.root);
    return { file: place.file, text: listed };
  } catch (error) {
    if (!(error instanceof BerthError) || error.code !== 'KUSTOMIZE_UNSUPPORTED') throw error;
    return { file: place.file, text: listed, note: `${place.root} was not built: ${error.message}` };
  }
}

/** Sees that no other text of people's is written over. Errors: SERVER_EXISTS. */
export async function expectUntouched(
  changes: readonly Change[],
  server: string,
  files: Context['files'],
): Promise<void> {
  for (const { file, text } of changes.filter(({ precious }) => precious)) {
    const present = await files.read(file);
    if (present === undefined || present === text) continue;
    throw new BerthError('SERVER_EXISTS', `${file} is there already, and is another one`, {
      at: `${file}:1:1`,
      hint: `New code: berth new ${server} --update. All of it anew: --force.`,
    });
  }
}

/** Writes what differs from what is there, in this order, and says so. */
export async function writeChanged(
  changes: readonly Omit<Change, 'precious'>[],
  { files, dryRun }: { files: Context['files']; dryRun: boolean },
): Promise<WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const { file, what, text } of changes) {
    if ((await files.read(file)) === text) continue;
    if (!dryRun) await files.write(file, text);
    written.push({ file, what });
  }
  return written;
}
