import { cp, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BerthError } from '../errors.ts';
import { freePort } from './free-port.ts';
import { type RunGit, gitRunner } from './git/run-git.ts';
import { packageRoot } from './package-root.ts';
import type { Playground, PlaygroundPlace } from './playground.ts';

/** Playgrounds on this machine's disk. Their commits have a name of their own: a new machine has none for Git yet. */
export function temporaryPlayground(): Playground {
  return {
    async create(wanted) {
      const folder = wanted === undefined ? await temporaryFolder() : await emptyFolder(resolve(wanted));
      const [root, remote] = [join(folder, 'platform'), join(folder, 'remote.git')];
      await mkdir(root);
      const git = gitRunner(folder);
      await expectDone(git(['init', '--quiet', '--bare', '--initial-branch=main', remote]));
      await expectDone(git(['init', '--quiet', '--initial-branch=main', root]));
      const settings = {
        'user.name': 'Playground',
        'user.email': 'playground@localhost',
        'commit.gpgSign': 'false',
        'remote.origin.url': remote,
        'remote.origin.fetch': '+refs/heads/*:refs/remotes/origin/*',
        'branch.main.remote': 'origin',
        'branch.main.merge': 'refs/heads/main',
      };
      for (const [key, value] of Object.entries(settings)) await expectDone(git(['-C', root, 'config', key, value]));
      await expectDone(git(['-C', root, 'commit', '--quiet', '--allow-empty', '--message', 'Begin']));
      await expectDone(git(['-C', root, 'push', '--quiet', 'origin', 'main']));
      const sources = join(folder, 'samples');
      await cp(join(packageRoot(dirname(fileURLToPath(import.meta.url))), 'demo'), sources, { recursive: true });
      const samples = { units: join(sources, 'units/server.py'), calendar: join(sources, 'calendar') };
      return { folder, root, remote, samples, freePort: await freePort() };
    },
    remove: async ({ folder }: PlaygroundPlace) => rm(folder, { recursive: true, force: true }),
  };
}

const temporaryFolder = async (): Promise<string> => realpath(await mkdtemp(join(tmpdir(), 'berth-playground-')));

async function emptyFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const [first] = await readdir(folder);
  if (first === undefined) return realpath(folder);
  throw new BerthError('USAGE', `${folder} is not empty: it has ${first}`, {
    hint: 'Name a folder that is empty or not there yet, or leave --folder out.',
  });
}

async function expectDone(answer: ReturnType<RunGit>): Promise<void> {
  const { code, stderr } = await answer;
  if (code !== 0) throw new BerthError('GIT_FAILED', `git could not make the playground: ${stderr.trim()}`);
}
