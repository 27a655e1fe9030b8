import { BerthError } from '../../errors.ts';
import type { Platform } from '../../platform/types.ts';
import { entryPoint, nodeVersionOf } from '../../scaffold/entry-point.ts';
import { templateCanary } from '../../scaffold/python-template.ts';
import { typescriptCode } from '../../scaffold/typescript-code.ts';
import { typescriptTemplate } from '../../scaffold/typescript-template.ts';
import type { Context } from '../define-command.ts';
import type { PreparedCode } from './prepared-code.ts';

export interface TypescriptRequest {
  name: string;
  platform: Platform;
  /** The folder of the source in the repository. */
  folder: string;
  /** A project that somebody has; empty: the source that is in the folder, or the template. */
  given: string;
  tokenKey: string | undefined;
  /** Packages to add. */
  add: readonly string[];
}

/** Makes one file of the project. Errors: BUNDLE_FAILED, CODE_TOO_LARGE, PACKAGES_UNAVAILABLE. */
export async function prepareTypescript(
  request: TypescriptRequest,
  { bundler, sources, root, progress, signal }: Pick<Context, 'bundler' | 'sources' | 'root' | 'progress' | 'signal'>,
): Promise<PreparedCode> {
  const { name, platform, folder, given, tokenKey, add } = request;
  const { images } = platform.servers;
  const own = await sources.read(`${root}/${folder}`);
  const found = given === '' ? own : await sources.read(given);
  const shown = given === '' ? folder : given;
  if (!found && given !== '') {
    throw new BerthError('USAGE', `There is no folder ${given}`, { hint: 'Leave it out for a template: --typescript' });
  }
  const template = typescriptTemplate(name, tokenKey);
  const files = found ?? new Map(Object.entries(template));
  // One that nobody has changed yet still is the template.
  const isTemplate = files.get('server.ts') === template['server.ts'];
  const entry = entryPoint(files);
  if (entry === undefined) {
    throw new BerthError('USAGE', `${shown} has no file that starts a server`, {
      hint: 'Call it server.ts, or name it in package.json: "source": "src/start.ts"',
    });
  }

  progress('bundling');
  const nodeVersion = nodeVersionOf(images.node);
  const bundle = await bundler.bundle({ files, entry, folder, shown, add, nodeVersion }, signal);
  try {
    const code = typescriptCode(bundle, images, folder);
    const compressed = code.pattern === 'configmap' && Object.keys(code.content.binaryData).length > 0;
    const written = new Map([...files, ...bundle.packageFiles]);
    if (!written.has('.gitignore') && written.has('package.json')) written.set('.gitignore', 'node_modules/\n');
    return {
      code,
      files: new Map([...written].map(([file, text]) => [`${folder}/${file}`, text])),
      notes: compressed ? [`The bundle has ${kilobytes(bundle.text)}, and is compressed in the ConfigMap`] : [],
      defaults: { port: 8080, healthPath: '/health', canary: isTemplate ? templateCanary : undefined },
      keep: async () => bundle.keep(),
      discard: async () => bundle.discard(),
    };
  } catch (error) {
    await bundle.discard();
    throw error;
  }
}

const kilobytes = (text: string): string => `${Math.ceil(new TextEncoder().encode(text).length / 1024)} KiB`;
