import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { berthBinary } from './bundle-once.ts';

export interface RunningBerth {
  pid: number;
  output: () => string;
  /** The events of `--format ndjson` so far. */
  events: () => Record<string, unknown>[];
  /** Waits until it has printed this. */
  until: (text: string | RegExp) => Promise<void>;
  kill: (signal: NodeJS.Signals) => void;
  ended: Promise<number | null>;
}

const patience = { timeout: 60_000, interval: 50 };

/** Starts the bundled berth, as a user would, and goes on. */
export function startBerth(cwd: string, args: readonly string[], env: Record<string, string> = {}): RunningBerth {
  const child = spawn(process.execPath, [berthBinary, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  onTestFinished(async () => {
    child.kill('SIGINT');
    await ended;
  });
  const output = (): string => stdout + stderr;
  return {
    pid: child.pid ?? 0,
    output,
    events: () =>
      stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as { event?: Record<string, unknown> }).event ?? {}),
    until: async (text) =>
      vi.waitFor(() => {
        const found = typeof text === 'string' ? output().includes(text) : text.test(output());
        if (!found) throw new Error(`${String(text)} was not printed:\n${output()}`);
      }, patience),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

/** Runs the bundled berth to its end; one that hangs has no status. */
export function berth(cwd: string, args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [berthBinary, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    encoding: 'utf8',
    timeout: 300_000,
    killSignal: 'SIGKILL',
  });
  return { status, stdout, stderr };
}

/** A configuration of nobody's, gone after the test. */
export function emptyConfig(): { XDG_CONFIG_HOME: string } {
  const folder = mkdtempSync(join(tmpdir(), 'berth-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { XDG_CONFIG_HOME: folder };
}
