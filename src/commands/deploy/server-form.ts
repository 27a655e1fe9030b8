import { type DeployedForm, deployedForm } from '../../plan/deployed-form.ts';
import { placeOf } from '../../plan/kustomization-place.ts';
import { withListed } from '../../plan/list-in-kustomization.ts';
import { findServer } from '../../repository/find-server.ts';
import { readRepository } from '../../repository/read-repository.ts';
import type { McpServer, Repository } from '../../repository/types.ts';
import type { Setting } from './setting.ts';

export interface ServerForm {
  server: McpServer;
  form: DeployedForm;
  repository: Repository;
  /** The file that lists it. */
  kustomization: string | undefined;
}

/** A server as one tree of files brings it to the cluster, whether it is listed there or was. Errors: SERVER_UNKNOWN. */
export function serverForm(
  files: ReadonlyMap<string, string>,
  { platform, config, name, read }: Pick<Setting, 'platform' | 'config' | 'name' | 'read'>,
): ServerForm {
  const repository = readRepository(files, read);
  const server = findServer(repository, platform, name);
  const place = placeOf(repository, server.file, config.paths);
  const { file } = place;
  const listed =
    file === undefined ? files : new Map([...files, [file, withListed(file, files.get(file), server.file)]]);
  return { server, repository, kustomization: file, form: deployedForm(listed, place, server, read) };
}
