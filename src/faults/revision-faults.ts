import { type Fault, seen } from './fault.ts';

/** It answers well, and it is not what Git says or what was proven. */
export const revisionFaults: readonly Fault[] = [
  {
    id: 'old-code-served',
    evidence: ['log', 'manifest'],
    message: 'The pod that answers still runs the previous code',
    hint: 'Let the pods be replaced: berth new <name> --update (it stamps the pod template with the hash of the code), berth deploy <name>',
    match({ observation, pod, server }) {
      if (!observation.connected || !pod || !server?.codeHash || pod.codeHash === server.codeHash) return undefined;
      const carried = pod.codeHash?.slice(0, 19) ?? 'no hash of its code';
      return seen(`the pod carries ${carried}, the manifest ${server.codeHash.slice(0, 19)}`);
    },
  },
  {
    id: 'contract-changed',
    evidence: ['wire'],
    message: 'The tools are not those that were proven last',
    hint: 'Look at what changed. If agents may rely on it: berth lock --accept <name>. If not: berth deploy <name> --revert',
    match({ judgement }) {
      if (judgement?.assertion === undefined) return undefined;
      const changes = judgement.changes.map(({ tool, change, gravity }) => `${tool} ${change} (${gravity})`);
      return seen(changes.length > 0 ? changes.slice(0, 20).join(', ') : undefined);
    },
  },
];
