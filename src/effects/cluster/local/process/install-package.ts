import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BerthError } from '../../../../errors.ts';
import { npmProgram, pypiProgram } from '../../../../local/process/package-program.ts';
import type { ContainerPlan } from '../../../../local/types.ts';
import { findUv } from '../../../python/find-uv.ts';
import { type ProgramAnswer, runProgram } from '../../../run-program.ts';
import { type FoundPython, findPython } from './find-python.ts';
import { installEnvironment } from './install-environment.ts';
import { makeVenv } from './make-venv.ts';

type Package = NonNullable<ContainerPlan['package']>;

export interface InstalledPackage {
  folder: string;
  /** Its programs. */
  bin: string;
  /** The program that stands for it. */
  program: string;
  python?: FoundPython;
}

/** Installs a published package once; later calls find it there. Errors: PACKAGES_UNAVAILABLE, UV_MISSING. */
export async function installPackage(
  packages: string,
  wanted: Package,
  signal: AbortSignal,
): Promise<InstalledPackage> {
  const folder = join(packages, wanted.registry, `${wanted.name.replaceAll('/', '+')}@${wanted.version}`);
  const done = join(folder, '.installed');
  if (!existsSync(done)) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await (wanted.registry === 'npm' ? installNpm(folder, wanted, signal) : installPypi(folder, wanted, signal));
    await writeFile(done, '');
  }
  return wanted.registry === 'npm' ? foundNpm(folder, wanted) : foundPypi(folder, wanted, signal);
}

async function installNpm(folder: string, { name, version }: Package, signal: AbortSignal): Promise<void> {
  const npm = await npmProgramPath();
  const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const [program, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const answer = await runProgram(program, [...first, ...args, `${name}@${version}`], {
    cwd: folder,
    signal,
    seconds: 600,
  });
  expectInstalled(answer, `npm:${name}@${version}`);
}

/** npm beside the running Node, so that both fit; else the one on the PATH. */
async function npmProgramPath(): Promise<string | undefined> {
  const prefix = dirname(dirname(await realpath(process.execPath)));
  const file = join(prefix, 'lib/node_modules/npm/bin/npm-cli.js');
  return existsSync(file) ? file : undefined;
}

async function foundNpm(folder: string, { name, version }: Package): Promise<InstalledPackage> {
  const manifest = JSON.parse(await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as {
    bin?: unknown;
  };
  const program = npmProgram(name, manifest.bin);
  if (program === undefined) throw noProgram(`npm:${name}@${version}`);
  return { folder, bin: join(folder, 'node_modules/.bin'), program };
}

async function installPypi(folder: string, { name, version }: Package, signal: AbortSignal): Promise<void> {
  const uv = await findUv();
  if (uv === undefined) throw uvMissing();
  const python = await findPython(undefined, signal);
  if (!python) throw uvMissing();
  await makeVenv(join(folder, 'venv'), python, signal);
  const args = ['pip', 'install', '--python', join(folder, 'venv/bin/python'), `${name}==${version}`];
  const answer = await runProgram(uv, args, {
    cwd: folder,
    signal,
    seconds: 600,
    env: installEnvironment(process.env),
  });
  expectInstalled(answer, `pypi:${name}==${version}`);
}

async function foundPypi(folder: string, { name, version }: Package, signal: AbortSignal): Promise<InstalledPackage> {
  const library = join(folder, 'venv/lib');
  const [minor = ''] = await readdir(library);
  const site = join(library, minor, 'site-packages');
  const plain = name
    .replace(/\[.*/, '')
    .toLowerCase()
    .replaceAll(/[._-]+/g, '_');
  const infos = (await readdir(site)).filter((entry) => entry.endsWith('.dist-info'));
  const info = infos.find((entry) => entry.toLowerCase().replaceAll(/[.-]+/g, '_').startsWith(`${plain}_`));
  const entryPoints = info && (await readFile(join(site, info, 'entry_points.txt'), 'utf8').catch(() => undefined));
  const program = entryPoints === undefined ? undefined : pypiProgram(name, entryPoints);
  if (program === undefined) throw noProgram(`pypi:${name}==${version}`);
  const python = await findPython(minor.replace('python', ''), signal);
  return { folder, bin: join(folder, 'venv/bin'), program, ...(python ? { python } : {}) };
}

function expectInstalled(answer: ProgramAnswer | undefined, what: string): void {
  if (answer?.code === 0) return;
  // oxlint-disable-next-line no-control-regex
  const said = (answer?.stderr ?? 'no such program').trim().replaceAll(/[\u0000-\u001F\u007F-\u009F]+/g, ' ');
  throw new BerthError('PACKAGES_UNAVAILABLE', `${what} cannot be installed: ${said.slice(-500)}`, {
    hint: 'See that the name and the version exist, and that the registry can be reached.',
  });
}

function noProgram(what: string): BerthError {
  return new BerthError('PACKAGES_UNAVAILABLE', `${what} has no program that could be run`, {
    hint: 'Name another package in mcp-berth.dev/package, or install podman or Docker.',
  });
}

function uvMissing(): BerthError {
  return new BerthError('UV_MISSING', 'A Python package cannot be installed without uv', {
    hint: 'Install uv: https://docs.astral.sh/uv/getting-started/installation/',
  });
}
