import { afterOutcome, begin, type ProbeProgress } from '../../../../local/rollout/probe-progress.ts';
import type { ContainerPlan, Probe } from '../../../../local/types.ts';
import type { RunningContainer } from '../driver.ts';
import type { ProbeTarget } from './probe-target.ts';
import { runProbe } from './run-probe.ts';

export type ProbeKind = 'startup' | 'readiness' | 'liveness';

export interface WatchedContainer {
  plan: ContainerPlan;
  running: RunningContainer;
  target: ProbeTarget;
  onReady: (ready: boolean) => void;
  onFailure: (kind: ProbeKind, message: string) => void;
  /** Its startup or liveness probe has given it up. */
  onDead: (kind: ProbeKind) => void;
}

/**
 * Runs the probes of one container from its start to its end, as the kubelet does: readiness and liveness wait for the
 * startup probe; without a readiness probe a container is ready once it has started. The result ends the watch.
 */
export function watchContainer(watched: WatchedContainer): () => void {
  const { plan, onReady, onDead } = watched;
  const stops: (() => void)[] = [];
  const started = (): void => {
    if (plan.readiness) {
      stops.push(repeat('readiness', plan.readiness, watched, ({ passing }) => onReady(passing === true)));
    } else onReady(true);
    if (plan.liveness) {
      stops.push(
        repeat('liveness', plan.liveness, watched, ({ passing }) => {
          if (passing === false) onDead('liveness');
        }),
      );
    }
  };

  if (plan.startup) {
    const stopStartup = repeat('startup', plan.startup, watched, ({ passing }) => {
      if (passing === undefined) return;
      stopStartup();
      if (passing) started();
      else onDead('startup');
    });
    stops.push(stopStartup);
  } else started();
  return () => {
    for (const stop of stops) stop();
  };
}

/** Looks, and looks again a period after the last look began; a slow answer delays the next. */
function repeat(
  kind: ProbeKind,
  probe: Probe,
  { running, target, onFailure }: WatchedContainer,
  onProgress: (progress: ProbeProgress) => void,
): () => void {
  let progress = begin(kind);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const began = performance.now();
    const outcome = await runProbe(probe, target, running);
    if (stopped) return;
    const before = progress.passing;
    progress = afterOutcome(progress, outcome, probe);
    if (!outcome.ok) onFailure(kind, outcome.message);
    if (progress.passing !== before) onProgress(progress);
    // oxlint-disable-next-line typescript/no-unnecessary-condition
    if (!stopped) schedule(Math.max(0, probe.periodSeconds * 1000 - (performance.now() - began)));
  };
  const schedule = (milliseconds: number): void => {
    timer = setTimeout(() => void look(), milliseconds);
  };
  schedule(probe.initialDelaySeconds * 1000);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
