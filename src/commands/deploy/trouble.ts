import type { Proof } from '../../proof/types.ts';
import type { Context } from '../define-command.ts';
import type { Moment } from './observe.ts';
import { proveAt } from './prove-at.ts';
import type { RollOut } from './roll-out.ts';
import type { Setting } from './setting.ts';
import type { Trouble } from './step-report.ts';

/** How many lines of a log still fit beside everything else that has to be read. */
const logLines = 8;

export function troubleOfProof({ name, verdict, fault }: Proof, lastLogLines: readonly string[]): Trouble {
  const canary = `Nothing says what a good answer is: add the annotation mcp-berth.dev/canary to its Deployment.`;
  return {
    observed: fault?.observed ?? (verdict === 'listed' ? 'it lists its tools, and no call was asserted' : 'no answer'),
    ...(fault ? { fault } : {}),
    lastLogLines: lastLogLines.slice(-logLines),
    hint: verdict === 'listed' && !fault ? canary : takeBack(name),
  };
}

/** Asks the server too: what it answers, or does not, names many a fault that its pods only hint at. */
export async function troubleOfRollOut(
  context: Context,
  setting: Setting,
  { deployment }: Moment,
  { text, workload }: RollOut,
): Promise<Trouble> {
  const pods = workload?.pods.filter(({ terminating }) => !terminating) ?? [];
  const pod = pods.find(({ ready }) => !ready) ?? pods[0];
  const url = deployment.entries[0]?.url ?? deployment.proofUrl;
  const { proof } = pod ? await proveAt(context, setting, deployment, { url, patient: false }) : {};
  return {
    observed: text,
    ...(proof?.fault ? { fault: proof.fault } : {}),
    lastLogLines: pod?.lastLogLines.slice(-logLines) ?? [],
    hint: takeBack(deployment.server.name),
  };
}

const takeBack = (name: string): string => `Take it back: berth deploy ${name} --revert`;
