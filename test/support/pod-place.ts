import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Driver, PodPlace } from '../../src/effects/cluster/local/driver.ts';
import type { PodTemplate } from '../../src/local/types.ts';

/** A folder that is gone after the test. */
export function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'berth-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A pod that is prepared, and taken away after the test. */
export async function podOf(driver: Driver, folder: string, name: string, template: PodTemplate): Promise<PodPlace> {
  const pod: PodPlace = {
    name,
    namespace: 'ai',
    workload: 'weather-mcp',
    template,
    folder: join(folder, 'pods', name),
    address: '10.244.0.7',
  };
  await driver.prepare(pod, new AbortController().signal);
  onTestFinished(() => driver.dispose(pod));
  return pod;
}
