import { spawn } from 'node:child_process';
import { BerthError } from '../../errors.ts';

export interface GitOptions {
  cwd?: string;
  /** Settings for this call alone: `-c key=value`. */
  config?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
  input?: string | Uint8Array;
  signal?: AbortSignal;
  seconds?: number;
  /** Called as soon as the process runs. */
  started?: () => void;
}

export interface GitAnswer {
  /** 0 when all went well; null where a signal ended it. */
  code: number | null;
  bytes: Buffer;
  stdout: string;
  stderr: string;
}

export type RunGit = (args: readonly string[], options?: GitOptions) => Promise<GitAnswer>;

const outputLimit = 512 * 1024 * 1024;

/**
 * Runs `git` in a folder with the user's own settings: never through a shell, never asking anything, never for ever.
 * `LANGUAGE` keeps its words English where they are read, and leaves the character set to the user's hooks.
 */
export function gitRunner(folder: string): RunGit {
  return async (args, { cwd = folder, config = {}, env, input, signal, seconds = 60, started } = {}) => {
    signal?.throwIfAborted();
    const settings = Object.entries({ 'gc.auto': '0', 'maintenance.auto': 'false', ...config });
    const child = spawn('git', [...settings.flatMap(([key, value]) => ['-c', `${key}=${value}`]), ...args], {
      cwd,
      env: { ...surroundings(), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own: hooks and ssh end with it, and no question reaches the terminal.
      detached: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    let late = false;
    const kill = (how: NodeJS.Signals = 'SIGTERM'): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, how);
      } catch {
        // It ended by itself in this moment.
      }
    };
    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size > outputLimit) kill();
      else into.push(chunk);
    };
    child.stdout.on('data', collect(out));
    child.stderr.on('data', collect(err));
    // A hook may end without reading what it is given.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);

    const timer = setTimeout(() => {
      late = true;
      kill();
      setTimeout(kill, 2000, 'SIGKILL').unref();
    }, seconds * 1000);
    const stop = (): void => kill();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const code = await new Promise<number | null>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', resolve);
        child.once('spawn', () => started?.());
      });
      signal?.throwIfAborted();
      const bytes = Buffer.concat(out);
      const stderr = Buffer.concat(err).toString() + (late ? `\ngave up after ${seconds} s` : '');
      return {
        code: late ? null : code,
        bytes,
        get stdout() {
          return bytes.toString();
        },
        stderr,
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new BerthError('GIT_FAILED', 'The command git was not found', {
        hint: 'Install Git, and see that "git --version" works in this folder.',
        cause: error,
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  };
}

/** The environment without what binds Git to another repository, as it is set inside of hooks. */
function surroundings(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    LANGUAGE: 'en',
    GIT_TERMINAL_PROMPT: '0',
    GIT_EDITOR: 'true',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_LFS_SKIP_SMUDGE: '1',
  };
  for (const name of ['DIR', 'WORK_TREE', 'INDEX_FILE', 'PREFIX', 'COMMON_DIR', 'OBJECT_DIRECTORY', 'NAMESPACE']) {
    delete env[`GIT_${name}`];
  }
  return env;
}
