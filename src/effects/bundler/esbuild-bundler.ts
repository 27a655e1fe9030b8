import { mkdir, mkdtemp, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Bundle, Bundler, SourceProject } from '../bundler.ts';
import { isAlive } from '../is-alive.ts';
import { bundleFolder } from './bundle-folder.ts';
import { hasInstalled } from './has-installed.ts';
import { installPackages } from './install-packages.ts';

const packageFiles = ['package.json', 'package-lock.json'];

/** Bundles with esbuild in a folder of its own below `.berth/state`, which nobody else reads. */
export function esbuildBundler(root: string): Bundler {
  return {
    async bundle(project, signal) {
      const state = join(root, '.berth/state');
      await mkdir(state, { recursive: true });
      await removeLeftovers(state);
      const stage = await mkdtemp(join(state, `bundle-${process.pid}-`));
      try {
        return await bundleIn(stage, join(root, project.folder, 'node_modules'), project, signal);
      } catch (error) {
        await rm(stage, { recursive: true, force: true });
        throw error;
      }
    },
  };
}

async function bundleIn(stage: string, home: string, project: SourceProject, signal: AbortSignal): Promise<Bundle> {
  await writeAll(stage, project.files);
  const staged = join(stage, 'node_modules');
  const reused = project.add.length === 0 && (await hasInstalled(home, project.files.get('package-lock.json')));
  if (reused) await symlink(home, staged);
  else if (project.files.has('package.json')) await installPackages(stage, project.add, signal);

  const { text, inputs } = await bundleFolder(stage, project);
  const discard = async (): Promise<void> => rm(stage, { recursive: true, force: true });
  return {
    text,
    inputs,
    packageFiles: await readAll(stage, packageFiles),
    discard,
    async keep() {
      if (!reused) await replaceFolder(staged, home);
      await discard();
    },
  };
}

/** What was left by those that were killed on the way. */
async function removeLeftovers(state: string): Promise<void> {
  for (const name of await readdir(state)) {
    const pid = /^bundle-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(state, name), { recursive: true, force: true });
  }
}

async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [file, text] of files) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

async function readAll(folder: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8').catch(ignoreMissing);
    if (text !== undefined) texts.set(name, text);
  }
  return texts;
}

async function replaceFolder(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to).catch(ignoreMissing);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
