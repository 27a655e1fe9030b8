import { connect } from 'node:net';
import { durationText } from '../../../../local/rollout/back-off.ts';
import type { ProbeOutcome } from '../../../../local/rollout/probe-progress.ts';
import type { Probe } from '../../../../local/types.ts';
import type { RunningContainer } from '../driver.ts';
import { httpProbe } from './http-probe.ts';
import { dialError, type ProbeTarget } from './probe-target.ts';

/** One look, bounded by the probe's timeout. A failure has the kubelet's words. */
export async function runProbe(
  { action, timeoutSeconds }: Pick<Probe, 'action' | 'timeoutSeconds'>,
  target: ProbeTarget,
  container: RunningContainer,
): Promise<ProbeOutcome> {
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  if (action.kind === 'http') return httpProbe(action, target, signal);
  if (action.kind === 'tcp') return tcpProbe(action.port, target, signal);
  try {
    const { exitCode, output } = await container.exec(action.command, signal);
    if (exitCode === 0) return { ok: true };
    return { ok: false, message: output.trim().slice(0, 1024) || `command terminated with exit code ${exitCode}` };
  } catch (error) {
    if (!signal.aborted) return { ok: false, message: error instanceof Error ? error.message : String(error) };
    const command = action.command.join(' ');
    return {
      ok: false,
      message: `command timed out: "${command}" timed out after ${durationText(timeoutSeconds * 1000)}`,
    };
  }
}

async function tcpProbe(port: number, { address, ports }: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
  const mapped = ports.get(port);
  if (mapped === undefined) return { ok: false, message: dialError(address, port, 'ECONNREFUSED') };
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: mapped, signal });
    socket.once('connect', () => {
      socket.destroy();
      resolve({ ok: true });
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ ok: false, message: dialError(address, port, signal.aborted ? 'ETIMEDOUT' : error.code) });
    });
  });
}
