import type { Proof } from '../../proof/types.ts';
import type { Context } from '../define-command.ts';
import { deployCommand } from '../deploy.ts';
import type { StepReport } from '../deploy/step-report.ts';
import { newCommand } from '../new.ts';
import type { Sample } from './samples.ts';

/** A sample server and what became of it. */
export interface Deployed {
  name: string;
  pattern: string;
  proof?: Proof;
  /** Why it is not proven. */
  trouble?: string;
  milliseconds: number;
}

/** `berth new` for each sample, one after the other: they write one kustomization. */
export async function writeSamples(inside: Context, samples: readonly Sample[]): Promise<void> {
  for (const { name, options } of samples) {
    inside.progress(`${name}: writing its manifest`);
    await newCommand.run(newCommand.options.parse({ name, yes: true, expose: 'clusterip', ...options }), inside);
  }
}

/** `berth deploy` for one sample: all six steps, up to the proof. */
export async function deploySample(inside: Context, { name, pattern }: Sample): Promise<Deployed> {
  const began = inside.now();
  const result = await deployCommand.run(deployCommand.options.parse({ name, yes: true }), {
    ...inside,
    progress: (line) => inside.progress(`${name}: ${line}`),
    emit: () => undefined,
  });
  const milliseconds = inside.now() - began;
  if (!('outcome' in result) || !('proofs' in result)) return { name, pattern, trouble: 'nothing', milliseconds };
  const [proof] = result.proofs;
  if (result.outcome === 'proven' && proof) return { name, pattern, proof, milliseconds };
  const failed = result.steps.find(({ state }) => state === 'failed');
  return { name, pattern, trouble: troubleOf(failed), milliseconds };
}

function troubleOf(step: StepReport | undefined): string {
  const { fault, observed } = step?.trouble ?? {};
  return fault ? `${fault.message} (${fault.id})` : (observed ?? step?.text ?? 'it was not deployed');
}
