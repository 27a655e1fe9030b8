import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { BerthError } from '../../../../errors.ts';
import type { ContainerEngine, ContainerSpec, ContainerState, ImageConfig } from './container-engine.ts';
import { passEnvironment } from './environment.ts';
import { readContainers, readImage } from './read-state.ts';
import { type EngineAnswer, type EngineCommand, runEngine } from './run-engine.ts';

export interface EngineSettings extends EngineCommand {
  version: string;
  /** Options of every container: `--ulimit nofile=1024:2048`. */
  runOptions: readonly string[];
}

/** podman and Docker through the part of their command lines that is the same. */
export class CommandLineEngine implements ContainerEngine {
  readonly name: 'podman' | 'docker';
  readonly version: string;
  readonly #command: EngineCommand;
  readonly #runOptions: readonly string[];

  constructor({ program, options, version, runOptions }: EngineSettings) {
    this.name = program;
    this.version = version;
    this.#command = { program, options };
    this.#runOptions = runOptions;
  }

  async start(spec: ContainerSpec, signal: AbortSignal): Promise<string> {
    const environment = await passEnvironment(spec.env);
    try {
      // What podman would add of the host's own environment is not in the manifest.
      const own = this.name === 'podman' ? ['--http-proxy=false'] : [];
      const args = [
        'run',
        '--detach',
        '--pull',
        'never',
        ...own,
        ...this.#runOptions,
        ...environment.args,
        ...argsOf(spec),
      ];
      const answer = await runEngine(this.#command, args, { signal, env: environment.env });
      if (answer.code === 0) return answer.stdout.trim();
      // A container that was made and could not be started stays behind otherwise.
      await this.remove(spec.name);
      throw this.#failure(`${spec.name} cannot be started`, answer);
    } finally {
      await environment.dispose();
    }
  }

  async inspect(ids: readonly string[], signal: AbortSignal): Promise<readonly ContainerState[]> {
    if (ids.length === 0) return [];
    const answer = await runEngine(this.#command, ['inspect', '--type', 'container', ...ids], { signal });
    // Where one is gone the others are printed all the same.
    if (answer.code !== 0 && !answer.stdout.trim().startsWith('['))
      throw this.#failure('containers cannot be looked at', answer);
    return readContainers(answer.stdout);
  }

  async list({ key, value }: { key: string; value?: string }, signal: AbortSignal): Promise<readonly ContainerState[]> {
    const label = value === undefined ? key : `${key}=${value}`;
    const args = ['ps', '--all', '--no-trunc', '--filter', `label=${label}`, '--format', '{{.ID}}'];
    const answer = await runEngine(this.#command, args, { signal });
    if (answer.code !== 0) throw this.#failure('containers cannot be listed', answer);
    return this.inspect(answer.stdout.split('\n').filter(Boolean), signal);
  }

  async wait(id: string, signal: AbortSignal): Promise<number> {
    const answer = await runEngine(this.#command, ['wait', id], { signal });
    if (answer.code !== 0) throw this.#failure(`${id} cannot be waited for`, answer);
    return Number(answer.stdout.trim());
  }

  async stop(id: string, graceSeconds: number): Promise<void> {
    const answer = await runEngine(this.#command, ['stop', '--time', String(graceSeconds), id]);
    if (answer.code !== 0 && !isGone(answer)) throw this.#failure(`${id} cannot be stopped`, answer);
  }

  async remove(id: string): Promise<void> {
    // podman asks for those that share its network first, and waits for ten seconds.
    const own = this.name === 'podman' ? ['--depend', '--time', '0'] : [];
    const answer = await runEngine(this.#command, ['rm', '--force', '--volumes', ...own, id]);
    if (answer.code !== 0 && !isGone(answer)) throw this.#failure(`${id} cannot be removed`, answer);
  }

  async *logs(
    id: string,
    { follow, tail, signal }: { follow: boolean; tail?: number; signal: AbortSignal },
  ): AsyncIterable<string> {
    const { program, options } = this.#command;
    const which = [...(follow ? ['--follow'] : []), ...(tail === undefined ? [] : ['--tail', String(tail)])];
    const child = spawn(program, [...options, 'logs', ...which, id], { stdio: ['ignore', 'pipe', 'pipe'] });
    const both = new PassThrough();
    let open = 2;
    for (const stream of [child.stdout, child.stderr]) {
      stream.pipe(both, { end: false });
      stream.once('end', () => {
        open -= 1;
        if (open === 0) both.end();
      });
    }
    const stop = (): void => void child.kill();
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', (error) => both.destroy(error));
    try {
      yield* createInterface({ input: both, crlfDelay: Infinity });
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }

  async exec(
    id: string,
    command: readonly string[],
    signal: AbortSignal,
  ): Promise<{ exitCode: number; output: string }> {
    const { code, stdout, stderr } = await runEngine(this.#command, ['exec', id, ...command], { signal });
    return { exitCode: code, output: stdout + stderr };
  }

  async image(reference: string, signal: AbortSignal): Promise<ImageConfig | undefined> {
    const answer = await runEngine(this.#command, ['image', 'inspect', reference], { signal });
    return answer.code === 0 ? readImage(answer.stdout) : undefined;
  }

  async pull(reference: string, signal: AbortSignal): Promise<void> {
    const answer = await runEngine(this.#command, ['pull', '--quiet', reference], { signal });
    if (answer.code === 0) return;
    throw new BerthError('IMAGE_UNAVAILABLE', `${reference} cannot be pulled: ${lastLine(answer)}`, {
      hint: `See that "${this.name} pull ${reference}" works: the name, the tag, and for private registries "${this.name} login".`,
    });
  }

  #failure(what: string, answer: EngineAnswer): BerthError {
    return new BerthError('CONTAINER_ENGINE_FAILED', `${what}: ${lastLine(answer)}`, {
      hint: `Run "${this.name} info" and "${this.name} ps --all" to see what ${this.name} says.`,
    });
  }
}

function argsOf(spec: ContainerSpec): string[] {
  const [entrypoint, ...rest] = spec.command ?? [];
  return [
    ...option('--name', spec.name),
    ...option('--hostname', spec.networkOf === undefined ? spec.hostname : undefined),
    ...option('--network', spec.networkOf && `container:${spec.networkOf}`),
    ...option('--workdir', spec.workingDir),
    ...option('--user', spec.user),
    ...option('--memory', spec.memoryBytes),
    // As much swap as memory would hide that a server needs more than it may have.
    ...option('--memory-swap', spec.memoryBytes),
    ...(spec.readOnlyRoot ? ['--read-only'] : []),
    ...Object.entries(spec.labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
    ...spec.publish.flatMap(({ containerPort, hostPort = '' }) => [
      '--publish',
      `127.0.0.1:${hostPort}:${containerPort}`,
    ]),
    ...spec.mounts.flatMap((mount) => ['--volume', volumeOf(mount)]),
    ...option('--entrypoint', entrypoint),
    spec.image,
    ...rest,
    ...(spec.args ?? []),
  ];
}

function option(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [name, String(value)];
}

function volumeOf({ source, target, readOnly }: ContainerSpec['mounts'][number]): string {
  if (source.includes(':') || target.includes(':')) {
    throw new BerthError('CONTAINER_ENGINE_FAILED', `${target} cannot be mounted: a path has a colon`, {
      hint: 'Mount it under a path without a colon.',
    });
  }
  return `${source}:${target}:${readOnly ? 'ro' : 'rw'}`;
}

function isGone({ stderr }: EngineAnswer): boolean {
  return /no such container|no container with name or ID/i.test(stderr);
}

/** Engines say the cause last, after warnings; terminals must not be steered by it. */
function lastLine({ stderr, stdout }: EngineAnswer): string {
  const lines = (stderr.trim() || stdout.trim()).split('\n');
  // oxlint-disable-next-line no-control-regex
  return (lines.at(-1) ?? '').replaceAll(/[\u0000-\u001F\u007F-\u009F]/g, ' ').slice(0, 500) || 'no reason was given';
}
