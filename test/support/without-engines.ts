import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The environment of a machine on which neither podman nor Docker answers. */
export function withoutEngines(): { PATH: string } {
  const folder = mkdtempSync(join(tmpdir(), 'berth-no-engines-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['podman', 'docker']) writeFileSync(join(folder, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  return { PATH: [folder, process.env['PATH'] ?? ''].join(delimiter) };
}
