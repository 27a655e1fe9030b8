import { BerthError } from '../../errors.ts';
import type { Platform } from '../../platform/types.ts';
import { pythonCode, pythonVersionOf } from '../../scaffold/python-code.ts';
import { pythonRequirements, pythonTemplate, templateCanary } from '../../scaffold/python-template.ts';
import {
  isLockOf,
  missingPackages,
  scriptRequirements,
  stampedLock,
  withRequirements,
} from '../../scaffold/requirements.ts';
import type { Context } from '../define-command.ts';
import type { NewOptions } from './options.ts';
import type { PreparedCode } from './prepared-code.ts';

export interface PythonRequest {
  name: string;
  platform: Platform;
  /** The folder of the source in the repository. */
  folder: string;
  /** A file that somebody has; empty: the source that is in the folder, or the template. */
  given: string;
  tokenKey: string | undefined;
}

type PythonOptions = Pick<NewOptions, 'requirement' | 'unhashed' | 'install'>;
type PythonContext = Pick<Context, 'files' | 'python' | 'sources' | 'progress' | 'signal'>;

/** Finds the program and its packages, and sees that it parses. Errors: PYTHON_INVALID, UV_MISSING, PACKAGES_UNAVAILABLE. */
export async function preparePython(
  request: PythonRequest,
  options: PythonOptions,
  context: PythonContext,
): Promise<PreparedCode> {
  const { platform, folder, name, tokenKey } = request;
  const { program, shown, template } = await findProgram(request, context);
  const imports = program === undefined ? [] : await importsOf(program, shown, context);
  const text = program ?? pythonTemplate(name, tokenKey);
  const wanted = await requirementsOf(request, text, options, context);
  const lock = wanted === undefined ? undefined : await lockOf(wanted, request, options, context);
  const requirements = lock === undefined ? undefined : { text: lock, hashed: !options.unhashed };
  return {
    code: pythonCode({ program: text, requirements }, platform.servers.images, folder),
    files: new Map([
      [`${folder}/server.py`, text],
      ...(wanted === undefined ? [] : [[`${folder}/requirements.in`, wanted] as const]),
      ...(lock === undefined ? [] : [[`${folder}/requirements.txt`, lock] as const]),
    ]),
    notes: [
      ...(imports ? [] : [`${shown} was not checked: there is no Python here`]),
      ...missingPackages(imports ?? [], lock).map(
        (module) => `It imports ${module}, and no package of that name is in requirements.txt: --requirement NAME`,
      ),
      ...(options.unhashed ? ['Packages are installed without hashes: what comes is decided at each start'] : []),
    ],
    defaults: { port: 8080, healthPath: '/health', canary: template ? templateCanary : undefined },
  };
}

async function findProgram({ given, folder, name, tokenKey }: PythonRequest, { files, sources }: PythonContext) {
  if (given === '') {
    const own = `${folder}/server.py`;
    const program = await files.read(own);
    // One that nobody has changed yet still is the template.
    const template = program === undefined || program === pythonTemplate(name, tokenKey);
    return { program, shown: own, template };
  }
  const found = await sources.read(given);
  const [[file, program] = []] = found?.size === 1 ? [...found] : [];
  if (file?.endsWith('.py') && program !== undefined) return { program, shown: given, template: false };
  throw new BerthError('USAGE', found ? `${given} is no Python file` : `There is no file ${given}`, {
    hint: 'Name one .py file, or leave it out for a template: --python',
  });
}

async function importsOf(
  program: string,
  shown: string,
  { python, signal }: PythonContext,
): Promise<readonly string[] | undefined> {
  const parsed = await python.parse(program, signal);
  if (!parsed || 'imports' in parsed) return parsed?.imports;
  const { message, line, column } = parsed.problem;
  throw new BerthError('PYTHON_INVALID', `${shown} does not parse: ${message}`, {
    at: `${shown}:${line}:${column}`,
    hint: 'Repair it there, then run the same command again. Nothing was written.',
  });
}

async function requirementsOf(
  { given, folder }: PythonRequest,
  program: string,
  { requirement, install }: PythonOptions,
  { files, sources }: PythonContext,
): Promise<string | undefined> {
  if (!install) return undefined;
  const beside = given === '' ? undefined : `${given.replace(/[^/]*$/, '')}requirements.in`;
  const text =
    (beside === undefined ? undefined : (await sources.read(beside))?.get('requirements.in')) ??
    (await files.read(`${folder}/requirements.in`)) ??
    scriptRequirements(program) ??
    pythonRequirements;
  return withRequirements(text, requirement);
}

async function lockOf(
  wanted: string,
  { platform, folder }: PythonRequest,
  { unhashed }: PythonOptions,
  { files, python, progress, signal }: PythonContext,
): Promise<string> {
  if (unhashed) return wanted;
  const previous = await files.read(`${folder}/requirements.txt`);
  if (previous !== undefined && isLockOf(wanted, previous)) return previous;
  progress('looking for the versions and hashes of all packages');
  const pythonVersion = pythonVersionOf(platform.servers.images.python);
  return stampedLock(wanted, await python.lockRequirements(wanted, { pythonVersion, previous, signal }));
}
