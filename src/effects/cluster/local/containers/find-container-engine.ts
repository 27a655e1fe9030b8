import { CommandLineEngine } from './command-line-engine.ts';
import type { ContainerEngine } from './container-engine.ts';
import { runEngine } from './run-engine.ts';

export interface EngineOptions {
  /** Options for podman itself, such as `--runtime runc`. */
  podman?: readonly string[];
  docker?: readonly string[];
  /** Options of every container that is started, such as `--ulimit nofile=1024:2048`. */
  run?: readonly string[];
}

/** The first of podman and Docker that answers within five seconds; undefined where neither does. */
export async function findContainerEngine(
  { podman = [], docker = [], run = [] }: EngineOptions,
  signal: AbortSignal,
): Promise<ContainerEngine | undefined> {
  for (const [program, options, format] of [
    ['podman', podman, '{{.Version.Version}}'],
    ['docker', docker, '{{.ServerVersion}}'],
  ] as const) {
    const version = await versionOf(program, options, format, signal);
    if (version !== undefined) return new CommandLineEngine({ program, options, version, runOptions: run });
  }
  return undefined;
}

async function versionOf(
  program: 'podman' | 'docker',
  options: readonly string[],
  format: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
  try {
    const { code, stdout } = await runEngine({ program, options }, ['info', '--format', format], { signal: soon });
    return code === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (soon.aborted) return undefined;
    throw error;
  }
}
