import { existsSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { BerthError } from '../../../../errors.ts';
import { bareProgram, imageRuntime } from '../../../../local/process/image-runtime.ts';
import type { ContainerPlan } from '../../../../local/types.ts';
import { findUv } from '../../../python/find-uv.ts';
import type { PodPlace } from '../driver.ts';
import { findPython } from './find-python.ts';
import { installEnvironment } from './install-environment.ts';
import { installPackage } from './install-package.ts';
import { makeVenv } from './make-venv.ts';

/** What a container runs here in place of its image. */
export interface ContainerPrograms {
  command: readonly string[];
  /** Folders for the front of its PATH. */
  path: readonly string[];
  /** Everything of this machine that they need. */
  visible: readonly string[];
  /** What they may write to beside the pod's own. */
  shared: readonly string[];
  env: Readonly<Record<string, string>>;
  /** For the container's log. */
  note?: string;
}

/** Finds, makes or installs what stands for the image of a container. */
export async function containerPrograms(
  pod: PodPlace,
  plan: ContainerPlan,
  packages: string,
  signal: AbortSignal,
): Promise<ContainerPrograms> {
  if (plan.package) return packagePrograms(plan, plan.package, packages, signal);
  const runtime = imageRuntime(plan.image);
  const asked = (plan.command ?? plan.args ?? []).length > 0;
  const [first = '', ...rest] = [...(plan.command ?? []), ...(plan.args ?? [])];
  const command = [bareProgram(first), ...rest];
  switch (runtime?.kind) {
    case 'python':
    case 'uv':
      return {
        command: asked ? command : [runtime.kind === 'uv' ? 'uv' : 'python3'],
        ...(await pythonPrograms(pod, plan, runtime, signal)),
      };
    case 'node': {
      // As the image's entrypoint does it: what is no program is a script.
      const script = plan.command === undefined && (first.startsWith('-') || /\.[cm]?js$/.test(first));
      return { command: script || !asked ? ['node', ...(asked ? command : [])] : command, ...(await nodePrograms()) };
    }
    case 'shell':
    case undefined:
      return { command, path: [], visible: [], shared: [], env: {} };
  }
}

async function pythonPrograms(
  pod: PodPlace,
  plan: ContainerPlan,
  runtime: { kind: 'python' | 'uv'; minor: string | undefined },
  signal: AbortSignal,
): Promise<Omit<ContainerPrograms, 'command'>> {
  const python = await findPython(runtime.minor, signal);
  if (!python)
    throw new BerthError('IMAGE_UNAVAILABLE', `This machine has no Python for ${plan.image}`, { hint: 'Install uv.' });
  const venv = join(pod.folder, 'python', plan.name);
  await mkdir(dirname(venv), { recursive: true });
  await makeVenv(venv, python, signal);
  const uv = await findUv();
  const visible = [venv, python.prefix, ...(uv === undefined ? [] : [uv])];
  const installs = runtime.kind === 'uv' || installsPackages(plan);
  const settings = installs ? installEnvironment(process.env) : {};
  const cache = settings['UV_CACHE_DIR'];
  if (cache !== undefined) await mkdir(cache, { recursive: true });
  return {
    path: [join(venv, 'bin')],
    visible: settings['UV_CONFIG_FILE'] === undefined ? visible : [...visible, settings['UV_CONFIG_FILE']],
    shared: cache === undefined ? [] : [cache],
    env: {
      ...settings,
      VIRTUAL_ENV: venv,
      LANG: 'C.UTF-8',
      ...(installs ? { UV_PYTHON: join(venv, 'bin/python') } : {}),
    },
  };
}

/** `sh -c "pip install fastmcp && python /app/server.py"`. */
function installsPackages({ command = [], args = [] }: ContainerPlan): boolean {
  return [...command, ...args].some((word) =>
    /\b(?:pip3?|uvx?|uv)\s+(?:pip\s+)?(?:install|sync|run)\b|^(?:pip3?|uvx?)$/.test(word),
  );
}

async function nodePrograms(): Promise<Omit<ContainerPrograms, 'command'>> {
  const node = await realpath(process.execPath);
  const prefix = dirname(dirname(node));
  // An installation of its own comes with npm; a lone program in somebody's folder shows nothing else of it.
  const whole = existsSync(join(prefix, 'lib/node_modules')) && prefix !== homedir() && prefix !== '/';
  return { path: [dirname(node)], visible: [whole ? prefix : node], shared: [], env: {} };
}

async function packagePrograms(
  plan: ContainerPlan,
  wanted: NonNullable<ContainerPlan['package']>,
  packages: string,
  signal: AbortSignal,
): Promise<ContainerPrograms> {
  const { folder, bin, program, python } = await installPackage(packages, wanted, signal);
  const node = await nodePrograms();
  const [first, ...rest] = plan.command ?? [];
  const own = first !== undefined && standsFor(first, rest, bin);
  const name = `${wanted.registry}:${wanted.name} ${wanted.version}`;
  const ignored = first === undefined || own ? '' : `, in place of the image's own ${first}`;
  return {
    command: own ? [basename(first), ...rest, ...(plan.args ?? [])] : [program, ...(plan.args ?? [])],
    path: [bin, ...node.path],
    visible: [folder, ...node.visible, ...(python ? [python.prefix] : [])],
    shared: [],
    env: { LANG: 'C.UTF-8' },
    note: `${plan.image} is run from its package ${name}${ignored}`,
  };
}

/** Whether the command of the manifest means the same with the package as with the image. */
function standsFor(command: string, rest: readonly string[], bin: string): boolean {
  const name = basename(command);
  if (!existsSync(join(bin, name))) return false;
  return !/^python[\d.]*$/.test(name) || rest[0] === '-m';
}
