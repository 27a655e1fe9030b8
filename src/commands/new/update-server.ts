import { BerthError } from '../../errors.ts';
import { findServer } from '../../repository/find-server.ts';
import type { McpServer } from '../../repository/types.ts';
import { updateCode } from '../../scaffold/update-code.ts';
import type { Context } from '../define-command.ts';
import { writeChanged } from './changes.ts';
import type { NewResult } from './create-server.ts';
import { type NewSetting, loadSetting } from './load-setting.ts';
import { type NewOptions, newOptions } from './options.ts';
import { preparePython } from './prepare-python.ts';
import { prepareTypescript } from './prepare-typescript.ts';
import type { PreparedCode } from './prepared-code.ts';

/** Makes the ConfigMap of a server again from its source; nothing else in its manifest changes. */
export async function updateServer(options: NewOptions, context: Context): Promise<NewResult> {
  expectCodeOnly(options);
  const setting = await loadSetting(options, context);
  const server = findServer(setting.repository, setting.platform, options.name);
  if (!server.code || options.image !== undefined) {
    throw new BerthError('USAGE', `${server.name} has no code in a ConfigMap of this repository`, {
      at: server.file,
      hint: 'There is nothing to make again. The image stands in its Deployment.',
    });
  }
  const prepared = await prepare(server, options, setting, context);
  try {
    if (prepared.code.pattern !== 'configmap') throw new Error('only code is made again');
    const manifests = [...updateCode(server, prepared.code)].map(([file, text]) => ({
      file,
      text,
      what: 'ConfigMap and its hash',
    }));
    const sources = [...prepared.files].map(([file, text]) => ({ file, text, what: 'source' }));
    const written = await writeChanged([...sources, ...manifests], { files: context.files, dryRun: options.dryRun });
    await (options.dryRun ? prepared.discard : prepared.keep)?.();
    return {
      name: server.name,
      pattern: 'configmap',
      dryRun: options.dryRun,
      written,
      notes: prepared.notes,
      todo: [],
    };
  } catch (error) {
    await prepared.discard?.();
    throw error;
  }
}

const aboutCode = new Set(
  'name update image python typescript requirement unhashed install cluster dryRun yes force'.split(' '),
);

/** What is no code stands in the manifest, which people may have changed since: it stays as they wrote it. */
function expectCodeOnly(options: NewOptions): void {
  const defaults: Record<string, unknown> = newOptions.parse({ name: options.name });
  for (const [option, value] of Object.entries(options)) {
    if (aboutCode.has(option) || JSON.stringify(value) === JSON.stringify(defaults[option])) continue;
    const flag = `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new BerthError('USAGE', `${flag} does not go with --update, which makes the code again and nothing else`, {
      hint: 'Change the manifest itself, or write it anew with --force.',
    });
  }
}

async function prepare(
  server: McpServer,
  options: NewOptions,
  { platform, folder: usual }: NewSetting,
  context: Context,
): Promise<PreparedCode> {
  const said = server.workload.fieldAt(['metadata', 'annotations', 'mcp-berth.dev/source'])?.value;
  const folder = typeof said === 'string' ? said.replace(/\/$/, '') : usual;
  const request = { name: server.name, platform, folder, tokenKey: undefined };
  const { python, typescript, requirement } = options;
  const isPython = typescript === undefined && (python !== undefined || isPythonCode(server));
  const given = (isPython ? python : typescript) ?? '';
  if (given === '') await expectSource(folder, isPython, context);
  if (!isPython) return prepareTypescript({ ...request, given, add: requirement }, context);

  const { install, hashed } = installationOf(server);
  if (!install && requirement.length > 0) {
    throw new BerthError('USAGE', `${server.name} installs no packages: its image has them`, {
      hint: 'Add the package to the image, or make the server anew with --force.',
    });
  }
  return preparePython({ ...request, given }, { requirement, install, unhashed: !hashed }, context);
}

const isPythonCode = ({ code }: McpServer): boolean => code?.fieldAt(['data', 'server.py']) !== undefined;

/** Without source a template would take the place of the code. */
async function expectSource(folder: string, isPython: boolean, { files, sources, root }: Context): Promise<void> {
  const found = isPython ? await files.read(`${folder}/server.py`) : await sources.read(`${root}/${folder}`);
  if (found !== undefined) return;
  throw new BerthError('USAGE', `There is no source in ${folder}`, {
    hint: `Name it: --${isPython ? 'python FILE' : 'typescript DIR'}`,
  });
}

/** As its init container does it. */
function installationOf({ workload, code }: McpServer): { install: boolean; hashed: boolean } {
  const words = workload.fields('spec.template.spec.initContainers[*].command[*]').map(({ value }) => String(value));
  return {
    install: code?.fieldAt(['data', 'requirements.txt']) !== undefined,
    hashed: words.some((word) => word.includes('--require-hashes')),
  };
}
