import { spawn } from 'node:child_process';

export interface ProgramOptions {
  cwd?: string;
  input?: string;
  env?: Readonly<Record<string, string>>;
  signal: AbortSignal;
  seconds: number;
}

export interface ProgramAnswer {
  /** Null where a signal or the time ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

const outputLimit = 32 * 1024 * 1024;

/** Runs a program without a shell, for a limited time and with limited output; undefined where there is no such program. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, input, env, signal, seconds }: ProgramOptions,
): Promise<ProgramAnswer | undefined> {
  signal.throwIfAborted();
  const soon = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, signal: soon, killSignal: 'SIGKILL' });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  let size = 0;
  const collect = (into: Buffer[]) => (chunk: Buffer) => {
    size += chunk.length;
    if (size > outputLimit) child.kill('SIGKILL');
    else into.push(chunk);
  };
  child.stdout.on('data', collect(out));
  child.stderr.on('data', collect(err));
  // A program may end without reading what it is given.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);

  let missing = false;
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.name === 'AbortError') return;
      missing = error.code === 'ENOENT' || error.code === 'EACCES';
      if (missing) resolve(null);
      else reject(error);
    });
    child.once('close', resolve);
  });
  signal.throwIfAborted();
  return missing ? undefined : { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}
