import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// What the engine's own command line reads: set for the container only, it must not steer the engine.
const ofTheEngine =
  /^(?:PATH|HOME|USER|TMPDIR|SHELL|TERM|LANG|NOTIFY_SOCKET|_|(?:XDG|DOCKER|CONTAINER|CONTAINERS|BUILDAH|PODMAN|STORAGE|REGISTRY|LD|GO|SSL|LC|DBUS|LISTEN)_?\w*|\w*_proxy)$/i;

export interface PassedEnvironment {
  args: readonly string[];
  /** For the engine's process: it takes the values of bare `--env NAME` from there. */
  env: Readonly<Record<string, string>>;
  /** Takes away what was written. */
  dispose(): Promise<void>;
}

/** Hands variables to a container without their values among the arguments of any process. */
export async function passEnvironment(variables: Readonly<Record<string, string>>): Promise<PassedEnvironment> {
  const inherited = Object.entries(variables).filter(([name]) => !ofTheEngine.test(name));
  const filed = Object.entries(variables).filter(([name]) => ofTheEngine.test(name));
  const args = inherited.flatMap(([name]) => ['--env', name]);
  const env = Object.fromEntries(inherited);
  if (filed.length === 0) return { args, env, dispose: async () => {} };

  const broken = filed.find(([, value]) => /[\r\n]/.test(value));
  if (broken) throw new TypeError(`${broken[0]} cannot be handed to a container: its value has several lines`);
  const folder = await mkdtemp(join(tmpdir(), 'berth-env-'));
  const file = join(folder, 'env');
  await writeFile(file, filed.map(([name, value]) => `${name}=${value}\n`).join(''), { mode: 0o600 });
  return { args: [...args, '--env-file', file], env, dispose: () => rm(folder, { recursive: true, force: true }) };
}
