import { identifyFault, warningsOf } from '../../faults/identify-fault.ts';
import type { Evidence } from '../../faults/types.ts';
import { contentCheck } from '../../proof/content-check.ts';
import { type Judgement, judge } from '../../proof/judge.ts';
import type { Contract, Endpoint, Proof } from '../../proof/types.ts';
import type { Canary } from '../../repository/types.ts';
import type { Context } from '../define-command.ts';

export interface Subject {
  name: string;
  endpoint: Endpoint;
  canary?: Canary | undefined;
  /** Only for servers of the platform: what a stranger says of its tools is not trusted. */
  mayPickTool: boolean;
  healthPath?: string | undefined;
  /** The contract that was proven last, where it has to be kept. */
  locked?: Contract | undefined;
  timeoutSeconds: number;
}

export interface Proven {
  proof: Proof;
  /** Every protocol revision that the server was seen to speak. */
  protocolVersions: readonly string[];
  /** Of the pod that tells most; empty for a bare URL. */
  lastLogLines: readonly string[];
}

/** What a cluster and a repository know about the server, beside what it answers. */
export type Background = Omit<Evidence, 'observation' | 'judgement'>;

/**
 * Asks an endpoint as its clients would, and says what that is worth. Error: USAGE for a canary that cannot be read.
 */
export async function proveEndpoint(
  { mcp, signal }: Pick<Context, 'mcp' | 'signal'>,
  { name, endpoint, canary, mayPickTool, healthPath, locked, timeoutSeconds }: Subject,
  lookBehind: () => Promise<Background> = async () => ({}),
): Promise<Proven> {
  contentCheck(canary ?? {}, `the canary of ${name}`);
  const observation = await mcp.probe(
    {
      endpoint,
      mayPickTool,
      timeoutMilliseconds: timeoutSeconds * 1000,
      ...(canary ? { canary } : {}),
      ...(healthPath === undefined ? {} : { healthPath }),
    },
    signal,
  );
  const background = await lookBehind();
  const judgement = judge(observation, { canary, locked });
  const verdict = servesOldCode(background) ? 'failed' : judgement.verdict;
  const evidence = { ...background, observation, judgement };
  const { connected, tools = [], call, protocolVersions } = observation;
  return {
    proof: {
      name,
      url: observation.endpoint.url,
      verdict,
      ...(judgement.assertion && verdict === 'proven' ? { assertion: judgement.assertion } : {}),
      ...(isFaulty(verdict, evidence) ? { fault: identifyFault(evidence) } : {}),
      warnings: warningsOf(evidence).map(({ id, message, hint }) => ({ id, message, hint })),
      protocolVersion: connected?.protocolVersion ?? null,
      transport: connected?.transport ?? null,
      server: connected?.server ?? null,
      tools: tools.map((tool) => tool.name),
      ...(call ? { call: { tool: call.tool, milliseconds: call.milliseconds } } : {}),
      contract: judgement.contract,
    },
    protocolVersions,
    lastLogLines: background.pod?.lastLogLines ?? [],
  };
}

/** Pods that carry other code than the manifest says: whatever they answer proves nothing about this revision. */
function servesOldCode({ pod, server }: Background): boolean {
  return pod !== undefined && server?.codeHash !== undefined && pod.codeHash !== server.codeHash;
}

/** A server that only lists because nothing could be called has no fault. */
const isFaulty = (verdict: Judgement['verdict'], { observation }: Evidence): boolean =>
  verdict === 'failed' || (verdict === 'listed' && observation.call !== undefined);
