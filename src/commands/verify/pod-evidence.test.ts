import { describe, expect, test } from 'vitest';
import type { ObservedContainer, ObservedPod, ObservedWorkload } from '../../effects/cluster/cluster.ts';
import { podEvidence } from './pod-evidence.ts';

const running: ObservedContainer = { name: 'mcp-server', init: false, state: 'running', restarts: 0 };
const installed: ObservedContainer = { name: 'install', init: true, state: 'terminated', exitCode: 0, restarts: 0 };

const pod = (changes: Partial<ObservedPod> = {}): ObservedPod => ({
  name: 'weather-mcp-1',
  phase: 'Running',
  ready: true,
  terminating: false,
  image: 'node:22-slim',
  codeHash: 'new',
  templateHash: 't',
  containers: [installed, running],
  events: [],
  lastLogLines: [],
  ...changes,
});
const workload = (...pods: ObservedPod[]): ObservedWorkload => ({
  ref: { namespace: 'ai', name: 'weather-mcp' },
  image: 'node:22-slim',
  templateHash: 't',
  replicas: 1,
  updated: 1,
  available: 1,
  complete: true,
  pods,
});

describe('the pod that tells most', () => {
  test.each<[string, ObservedPod[], object | undefined]>([
    ['is none where there is none', [], undefined],
    ['is the one that is not ready', [pod(), pod({ ready: false })], { ready: false }],
    [
      'is the one with other code that is ready',
      [pod({ ready: false }), pod({ codeHash: 'old' })],
      { codeHash: 'old' },
    ],
    ['is not one on its way out', [pod({ codeHash: 'old', terminating: true }), pod()], { codeHash: 'new' }],
    ['is not one that has gone already', [pod({ ready: false, terminating: true }), pod()], { ready: true }],
  ])('%s', (_, pods, expected) => {
    expect([podEvidence(workload(...pods), 'new')]).toMatchObject([expected]);
  });
});

describe('the container that matters most', () => {
  const crashing: ObservedContainer = {
    ...running,
    state: 'waiting',
    reason: 'CrashLoopBackOff',
    restarts: 3,
    lastTermination: { reason: 'Error', exitCode: 1 },
  };
  const uninstallable: ObservedContainer = { ...installed, exitCode: 2, reason: 'Error' };
  test.each<[string, ObservedContainer[], object]>([
    ['one that waits', [installed, crashing], { reason: 'CrashLoopBackOff', exitCode: 1, restarts: 3 }],
    ['an init container that failed', [uninstallable, running], { reason: 'Error', exitCode: 2 }],
    ['the server, when all is well', [installed, running], { restarts: 0 }],
  ])('is %s', (_, containers, expected) => {
    const {
      ready: _ready,
      events: _events,
      lastLogLines: _lines,
      codeHash: _hash,
      ...evidence
    } = podEvidence(workload(pod({ containers })), 'new') ?? pod();
    expect(evidence).toMatchObject(expected);
    expect(Object.keys(evidence).includes('reason')).toBe('reason' in expected);
  });
});
