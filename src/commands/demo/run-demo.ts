import type { PlaygroundPlace } from '../../effects/playground.ts';
import type { Context } from '../define-command.ts';
import { type Deployed, deploySample, writeSamples } from './deploy-samples.ts';
import { makePlatform } from './make-platform.ts';
import { samplesOf } from './samples.ts';

export interface DemoResult {
  /** The platform's folder. */
  folder: string;
  servers: readonly Deployed[];
  /** What each phase took. */
  seconds: Readonly<Record<'platform' | 'manifests' | 'deploy', number>>;
  /** What was left out, and why. */
  left: readonly string[];
}

/** A platform in the playground, its sample servers, and the proof of each. */
export async function runDemo(context: Context, place: PlaygroundPlace): Promise<DemoResult> {
  const inside: Context = { ...context, ...context.elsewhere(place.root), interactive: false, emit: () => undefined };
  const { now, signal } = inside;
  const began = now();
  context.progress('making a platform');
  await makePlatform(inside, place);
  const written = now();

  const hasPython = await inside.python.obtainUv(signal);
  const all = samplesOf(place);
  const samples = all.filter(({ python }) => hasPython || !python);
  await writeSamples(inside, samples);
  const deployed = now();

  const servers: Deployed[] = [];
  for (const sample of samples) {
    const server = await deploySample(inside, sample);
    servers.push(server);
    context.emit({ deployed: server });
  }
  const seconds = {
    platform: (written - began) / 1000,
    manifests: (deployed - written) / 1000,
    deploy: (now() - deployed) / 1000,
  };
  const left = all
    .filter((sample) => !samples.includes(sample))
    .map(({ name }) => `${name} was left out: neither uv nor Python was found (https://docs.astral.sh/uv/)`);
  return { folder: place.root, servers, seconds, left };
}
