import type { Canary } from '../repository/types.ts';
import { type ContentFlaw, contentCheck } from './content-check.ts';
import { type ContractChange, contractChanges } from './contract-changes.ts';
import { contractOf } from './contract-of.ts';
import { readsLikeAnError } from './reads-like-an-error.ts';
import type { CallObservation, Contract, Observation, Verdict } from './types.ts';

export interface Expectation {
  canary?: Canary | undefined;
  /** The contract that was proven last; where it is given, the server has to keep to it. */
  locked?: Contract | undefined;
}

export interface Judgement {
  verdict: Verdict;
  assertion?: 'content' | 'none';
  contract: Contract | null;
  /** What became of the tools since the lock. */
  changes: readonly ContractChange[];
  /** What the canary's expressions missed. */
  flaw?: ContentFlaw;
  /** The words by which an answer that is no error reads like one. */
  errorLike?: string;
}

/**
 * What an observation is worth. A proof is the content of an answer, from a server that offers what it offered before.
 */
export function judge(observation: Observation, { canary, locked }: Expectation): Judgement {
  const check = contentCheck(canary ?? {});
  const { connected, failure, tools, unstableTools = [], call } = observation;
  const contract = connected && tools && failure?.stage !== 'list' ? contractOf(observation) : null;
  const changes = contract && locked ? contractChanges(locked, contract) : [];
  const known = { contract, changes };
  if (!contract || unstableTools.length > 0) return { verdict: 'failed', ...known };

  // A tool that was picked for want of a canary promises nothing: its failure leaves a server that lists.
  const unanswered = canary ? 'failed' : 'listed';
  const answer = answerOf(call, check);
  const verdict = answer.good ? 'proven' : call ? unanswered : canary ? 'failed' : 'listed';
  const { good, ...rest } = answer;
  return {
    verdict: changes.length > 0 ? 'failed' : verdict,
    ...(good ? { assertion: check ? 'content' : 'none' } : {}),
    ...known,
    ...rest,
  };
}

function answerOf(
  call: CallObservation | undefined,
  check: ReturnType<typeof contentCheck>,
): { good: boolean } & Pick<Judgement, 'flaw' | 'errorLike'> {
  const result = call?.result;
  if (!result || result.isError) return { good: false };
  // Whoever says what the content must be means it, even where that is the text of an error.
  const flaw = check?.(result);
  if (flaw) return { good: false, flaw };
  const errorLike = check ? undefined : readsLikeAnError(result);
  return errorLike === undefined ? { good: true } : { good: false, errorLike };
}
