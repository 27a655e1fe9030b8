import { identifyFault } from '../../faults/identify-fault.ts';
import type { PodEvidence } from '../../faults/types.ts';
import type { Deployment } from '../../plan/plan-deploy.ts';
import type { FaultReport, Proof } from '../../proof/types.ts';
import type { Context } from '../define-command.ts';
import { podEvidence } from '../verify/pod-evidence.ts';
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
    lastLogLines: shown(lastLogLines),
    hint: verdict === 'listed' && !fault ? canary : takeBack(name),
  };
}

/** What the newest pods say; and what the server answers, where nothing but them can answer. */
export async function troubleOfRollOut(
  context: Context,
  setting: Setting,
  { deployment }: Moment,
  { text, workload }: RollOut,
): Promise<Trouble> {
  const present = workload?.pods.filter(({ terminating }) => !terminating) ?? [];
  const newest = present.filter(({ templateHash }) => templateHash === workload?.templateHash);
  const pod = workload && podEvidence({ ...workload, pods: newest }, undefined);
  const fault = pod && (await faultOf(context, setting, deployment, pod, newest.length < present.length));
  return {
    observed: text,
    ...(fault ? { fault } : {}),
    lastLogLines: shown(pod?.lastLogLines ?? []),
    hint: takeBack(deployment.server.name),
  };
}

/** While pods of before still serve, their answers say nothing about those that do not come up. */
async function faultOf(
  context: Context,
  setting: Setting,
  deployment: Deployment,
  pod: PodEvidence,
  othersServe: boolean,
): Promise<FaultReport | undefined> {
  const url = deployment.entries[0]?.url ?? deployment.proofUrl;
  if (!othersServe) return (await proveAt(context, setting, deployment, { url, patient: false })).proof.fault;
  const { server } = deployment;
  const observation = { endpoint: { url }, exchanges: [], protocolVersions: [] };
  const fault = identifyFault({ observation, server, pod });
  return fault.id === 'unreachable' ? undefined : fault;
}

const shown = (lines: readonly string[]): string[] => lines.filter((line) => line.trim() !== '').slice(-logLines);

const takeBack = (name: string): string => `Take it back: berth deploy ${name} --revert`;
