import { readRepository } from '../repository/read-repository.ts';
import type { Repository } from '../repository/types.ts';
import type { Context } from './define-command.ts';

/** The repository as it lies in the working tree. */
export async function loadRepository({ files }: Pick<Context, 'files'>): Promise<Repository> {
  return readRepository(await files.readAll(['.yaml', '.yml', 'Kustomization']));
}
