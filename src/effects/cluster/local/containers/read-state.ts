import { z } from 'zod';
import type { ContainerState, ImageConfig } from './container-engine.ts';

const labels = z.record(z.string(), z.string()).nullish();
const words = z.union([z.array(z.string()), z.string().transform((word) => (word === '' ? [] : [word]))]).nullish();

// Both engines answer with these names; what one of them leaves out is optional.
const container = z.object({
  Id: z.string(),
  Name: z.string(),
  ImageName: z.string().optional(),
  Config: z.object({ Labels: labels, Image: z.string().optional() }),
  State: z.object({
    Status: z.string(),
    ExitCode: z.number().default(0),
    OOMKilled: z.boolean().default(false),
    Error: z.string().default(''),
    StartedAt: z.string().default(''),
    FinishedAt: z.string().default(''),
  }),
  NetworkSettings: z
    .object({ Ports: z.record(z.string(), z.array(z.object({ HostPort: z.string() })).nullable()).nullish() })
    .nullish(),
});

const image = z.object({
  RepoDigests: z.array(z.string()).nullish(),
  Config: z
    .object({
      User: z.string().nullish(),
      Entrypoint: words,
      Cmd: words,
      WorkingDir: z.string().nullish(),
      ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
});

export function readContainers(json: string): ContainerState[] {
  return z.array(container).parse(JSON.parse(json)).map(stateOf);
}

export function readImage(json: string): ImageConfig | undefined {
  const [first] = z.array(image).parse(JSON.parse(json));
  if (!first) return undefined;
  const { Config: config, RepoDigests: digests } = first;
  const [digest] = digests ?? [];
  return {
    ...(digest ? { digest } : {}),
    user: config?.User ?? '',
    entrypoint: config?.Entrypoint ?? [],
    command: config?.Cmd ?? [],
    workingDir: config?.WorkingDir || '/',
    ports: Object.keys(config?.ExposedPorts ?? {}).map((port) => Number.parseInt(port, 10)),
  };
}

function stateOf({ Id, Name, ImageName, Config, State, NetworkSettings }: z.infer<typeof container>): ContainerState {
  const status = statusOf(State.Status);
  const ports = Object.entries(NetworkSettings?.Ports ?? {}).flatMap(([port, bindings]) => {
    const [binding] = bindings ?? [];
    return binding ? [[Number.parseInt(port, 10), Number(binding.HostPort)] as const] : [];
  });
  return {
    id: Id,
    name: Name.replace(/^\//, ''),
    labels: Config.Labels ?? {},
    image: ImageName ?? Config.Image ?? '',
    status,
    ...(status === 'exited' ? { exitCode: State.ExitCode } : {}),
    outOfMemory: State.OOMKilled,
    ...(State.Error === '' ? {} : { error: State.Error }),
    ...timeOf('startedAt', State.StartedAt),
    ...timeOf('finishedAt', State.FinishedAt),
    ports: new Map(ports),
  };
}

/** podman knows more words than Docker; three are what a pod needs. */
function statusOf(word: string): ContainerState['status'] {
  if (word === 'created' || word === 'configured' || word === 'initialized') return 'created';
  return word === 'exited' || word === 'dead' || word === 'removing' ? 'exited' : 'running';
}

/** The year 1 stands for never. */
function timeOf<K extends string>(key: K, time: string): { [key in K]?: string } {
  return time === '' || time.startsWith('0001-') ? {} : ({ [key]: time } as { [key in K]: string });
}
