import { spawn } from 'node:child_process';

/** How an engine's command line is called. */
export interface EngineCommand {
  program: 'podman' | 'docker';
  /** Options before the subcommand: `--runtime runc`. */
  options: readonly string[];
}

export interface EngineAnswer {
  code: number;
  stdout: string;
  stderr: string;
}

const outputLimit = 16 * 1024 * 1024;

/** Runs one command of the engine to its end, without a shell; a program that is not there answers with 127. */
export async function runEngine(
  { program, options }: EngineCommand,
  args: readonly string[],
  { signal, env = {} }: { signal?: AbortSignal; env?: Readonly<Record<string, string>> } = {},
): Promise<EngineAnswer> {
  signal?.throwIfAborted();
  const child = spawn(program, [...options, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  const out: string[] = [];
  const err: string[] = [];
  let size = 0;
  const collect = (into: string[]) => (chunk: string) => {
    size += chunk.length;
    if (size > outputLimit) child.kill();
    else into.push(chunk);
  };
  child.stdout.setEncoding('utf8').on('data', collect(out));
  child.stderr.setEncoding('utf8').on('data', collect(err));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(127) : reject(error)));
    child.once('close', (status) => resolve(status ?? 1));
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}
