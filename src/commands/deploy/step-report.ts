import type { Step } from '../../plan/step.ts';
import type { FaultReport } from '../../proof/types.ts';

/** What became of one step, as it is printed and handed on. */
export interface StepReport {
  number: number;
  do: Step['do'];
  /** `already`: it was true before. */
  state: 'done' | 'already' | 'failed';
  /** What and where, in one line. */
  text: string;
  milliseconds: number;
  trouble?: Trouble;
}

/** Why a server is not proven: what was seen, never what was hoped. */
export interface Trouble {
  observed: string;
  /** Where it is a known one. */
  fault?: FaultReport;
  /** Of the container that matters most; hostile. */
  lastLogLines: readonly string[];
  hint: string;
}

/** What a function that carries out a step gives back. */
export interface Outcome {
  text: string;
  trouble?: Trouble;
}
