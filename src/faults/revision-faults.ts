import { type Fault, seen } from './fault.ts';

/** It answers well, and it is not what Git says. */
export const revisionFaults: readonly Fault[] = [
  {
    id: 'old-code-served',
    evidence: ['log', 'manifest'],
    message: 'The pod that answers still runs the previous code',
    hint: 'Let the pods be replaced: berth new <name> --update (it stamps the pod template with the hash of the code), berth deploy <name>',
    match({ pod, server }) {
      if (!pod || !server?.codeHash || pod.codeHash === server.codeHash) return undefined;
      return seen(
        `the pod carries code ${pod.codeHash?.slice(0, 19) ?? 'without a hash'}, the manifest ${server.codeHash.slice(0, 19)}`,
      );
    },
  },
];
