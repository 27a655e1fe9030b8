import { accessFaults } from './access-faults.ts';
import { answerFaults, backendMissing } from './answer-faults.ts';
import { callFaults, otherCallFaults } from './call-faults.ts';
import { fastmcpFaults } from './fastmcp-faults.ts';
import type { Fault } from './fault.ts';
import { listenFaults } from './listen-faults.ts';
import { networkFaults, unreachable } from './network-faults.ts';
import { pathFaults } from './path-faults.ts';
import { podFaults } from './pod-faults.ts';
import { revisionFaults } from './revision-faults.ts';
import { startFaults } from './start-faults.ts';
import { upstreamFaults } from './upstream-faults.ts';

/** All known faults, the most telling evidence first; the last one fits whatever is left. */
export const faults: readonly Fault[] = [
  ...podFaults,
  ...fastmcpFaults,
  ...startFaults,
  ...accessFaults,
  ...pathFaults,
  ...revisionFaults,
  ...callFaults,
  ...upstreamFaults,
  ...answerFaults,
  ...networkFaults,
  ...listenFaults,
  ...otherCallFaults,
  backendMissing,
  unreachable,
];
