import { describe, expect, test } from 'vitest';
import { type PodView, planRollout, type Rollout } from './plan-rollout.ts';

const rolling = { type: 'RollingUpdate', maxSurge: 1, maxUnavailable: 0 } as const;

/** `new+ready`, `old`, `old-ending`: a pod in a word. */
function pod(words: string, age: number): PodView {
  return {
    name: `${words}-${age}`,
    revision: words.startsWith('new') ? 'new' : 'old',
    ready: words.includes('ready'),
    terminating: words.includes('ending'),
    restarts: words.includes('restarted') ? 3 : 0,
    age,
  };
}

const plan = (pods: readonly string[], rollout: Partial<Rollout> = {}) =>
  planRollout({ replicas: 1, strategy: rolling, revision: 'new', ...rollout }, pods.map(pod));

describe('a rolling update', () => {
  test.each<[string, string[], Partial<Rollout>, { start: number; stop: string[] }]>([
    ['starts what is missing', [], { replicas: 2 }, { start: 2, stop: [] }],
    ['is quiet when all is as it should be', ['new+ready'], {}, { start: 0, stop: [] }],
    ['keeps the old pod while the new one starts', ['old+ready'], {}, { start: 1, stop: [] }],
    ['keeps the old pod until the new one is ready', ['old+ready', 'new'], {}, { start: 0, stop: [] }],
    [
      'stops the old pod once the new one is ready',
      ['old+ready', 'new+ready'],
      {},
      { start: 0, stop: ['old+ready-0'] },
    ],
    ['stops an old pod that serves nobody when there is no room', ['old', 'new'], {}, { start: 0, stop: [] }],
    ['replaces a broken old pod once the new one is ready', ['old', 'new+ready'], {}, { start: 0, stop: ['old-0'] }],
    [
      'goes through several replicas one by one',
      ['old+ready', 'old+ready', 'old+ready'],
      { replicas: 3 },
      { start: 1, stop: [] },
    ],
    [
      'takes the youngest old pod first',
      ['old+ready', 'old+ready', 'new+ready'],
      { replicas: 2 },
      { start: 0, stop: ['old+ready-1'] },
    ],
    [
      'gives up readiness first where maxUnavailable says so',
      ['old+ready'],
      { strategy: { type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 1 } },
      { start: 0, stop: ['old+ready-0'] },
    ],
    [
      'starts the new pod while the old one still ends',
      ['old+ready-ending'],
      { strategy: { type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 1 } },
      { start: 1, stop: [] },
    ],
  ])('%s', (_, pods, rollout, expected) => {
    expect(plan(pods, rollout)).toEqual(expected);
  });

  test('never has fewer ready pods than it may, nor more pods than it may, and comes to an end', () => {
    const strategies = [
      [1, 0],
      [0, 1],
      [1, 1],
      [2, 1],
    ] as const;
    for (const [maxSurge, maxUnavailable] of strategies) {
      for (const replicas of [1, 2, 3, 5]) {
        const rollout: Rollout = {
          replicas,
          strategy: { type: 'RollingUpdate', maxSurge, maxUnavailable },
          revision: 'new',
        };
        let pods = Array.from({ length: replicas }, (_, age) => pod('old+ready', age));
        for (let turn = 0; turn < 40; turn += 1) {
          const { start, stop } = planRollout(rollout, pods);
          pods = pods.filter(({ name }) => !stop.includes(name));
          expect(pods.filter(({ ready }) => ready).length).toBeGreaterThanOrEqual(replicas - maxUnavailable);
          pods.push(...Array.from({ length: start }, (_, index) => pod('new', 100 + turn * 10 + index)));
          expect(pods.length).toBeLessThanOrEqual(replicas + maxSurge);
          // One of the new ones becomes ready.
          const [waking] = pods.filter(({ ready }) => !ready);
          pods = pods.map((each) => (each === waking ? { ...each, ready: true } : each));
        }
        expect(pods.map(({ revision }) => revision)).toEqual(Array.from({ length: replicas }, () => 'new'));
      }
    }
  });
});

describe('recreate', () => {
  const strategy = { type: 'Recreate', maxSurge: 0, maxUnavailable: 0 } as const;
  test.each<[string, string[], { start: number; stop: string[] }]>([
    ['stops all old pods first', ['old+ready', 'old'], { start: 0, stop: ['old-1', 'old+ready-0'].toReversed() }],
    ['waits until they have ended', ['old+ready-ending'], { start: 0, stop: [] }],
    ['then starts', [], { start: 1, stop: [] }],
  ])('%s', (_, pods, expected) => {
    expect(plan(pods, { strategy })).toEqual(expected);
  });
});

describe('scaling', () => {
  test('down takes those that are not ready, then those that restarted often, then the young', () => {
    const pods = ['new+ready', 'new+ready+restarted', 'new', 'new+ready'];
    expect(plan(pods, { replicas: 3 }).stop).toEqual(['new-2']);
    expect(plan(pods, { replicas: 2 }).stop).toEqual(['new-2', 'new+ready+restarted-1']);
    expect(plan(pods, { replicas: 1 }).stop).toEqual(['new-2', 'new+ready+restarted-1', 'new+ready-3']);
  });

  test('to nothing stops all of them, old ones too', () => {
    expect(plan(['new+ready', 'old+ready'], { replicas: 0 }).stop.toSorted()).toEqual(['new+ready-0', 'old+ready-1']);
  });
});
