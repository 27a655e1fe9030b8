import { platformJsonSchema } from '../../platform/platform-schema.ts';
import { folderOf } from '../../repository/survey/survey-folders.ts';
import type { Repository } from '../../repository/types.ts';
import { printYaml } from '../../yaml/print-yaml.ts';
import type { Context } from '../define-command.ts';

const ignored = ['.berth/secrets.yaml', '.berth/state/'];

/**
 * Writes what makes a repository a platform; gives back the files that changed. `berth.yaml` comes last: until it is
 * there, the same command starts over and finds the rest done.
 */
export async function writePlatform(
  { text, directory }: { text: string; directory: string },
  repository: Repository,
  { files }: Pick<Context, 'files'>,
): Promise<readonly string[]> {
  const written: string[] = [];
  const write = async (file: string, content: string): Promise<void> => {
    if ((await files.read(file)) === content) return;
    await files.write(file, content);
    written.unshift(file);
  };

  if (!repository.kustomizations.has(directory))
    await write(`${directory}/kustomization.yaml`, kustomizationOf(directory, repository));
  await write('.gitignore', withIgnored((await files.read('.gitignore')) ?? ''));
  await write('.berth/schema.json', `${JSON.stringify(platformJsonSchema(), null, 2)}\n`);
  await write('berth.yaml', text);
  return written;
}

/** Lists what is in the folder already: without that, whoever applied the plain folder would prune all of it. */
function kustomizationOf(directory: string, { manifests }: Repository): string {
  const inside = manifests
    .filter(({ file }) => folderOf(file) === directory)
    .map(({ file }) => file.slice(directory.length + 1));
  return printYaml(
    {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: [...new Set(inside)].toSorted(),
    },
    { indentLists: true },
  );
}

function withIgnored(text: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  const missing = ignored.filter((line) => !lines.has(line) && !lines.has(`/${line}`));
  if (missing.length === 0) return text;
  const begun = text === '' || text.endsWith('\n') ? text : `${text}${eol}`;
  return `${begun}${missing.map((line) => `${line}${eol}`).join('')}`;
}
