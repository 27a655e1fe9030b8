import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ContainerEngine } from '../../src/effects/cluster/local/containers/container-engine.ts';
import { findContainerEngine } from '../../src/effects/cluster/local/containers/find-container-engine.ts';

// Where the old and the new cgroups are mixed (many sandboxes), podman's default runtime starts nothing; runc does.
const mixedControlGroups = existsSync('/sys/fs/cgroup/unified');

/** podman or Docker for tests; undefined, said aloud, where there is neither. CI installs podman, or fails. */
export async function engineForTests(): Promise<ContainerEngine | undefined> {
  const found = await ready();
  if (found) return found;
  if (process.env['CI'] === 'true') {
    if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) install();
    const installed = await ready();
    if (installed) return installed;
    throw new Error('The tests of containers need podman or Docker: apt-get install podman runc');
  }
  process.stderr.write('\nNOT TESTED: containers need podman or Docker, and neither answers here.\n\n');
  return undefined;
}

async function ready(): Promise<ContainerEngine | undefined> {
  if (mixedControlGroups && spawnSync('runc', ['--version']).status !== 0) return undefined;
  const podman = mixedControlGroups ? ['--runtime', 'runc'] : [];
  const run = ['--ulimit', 'nofile=1024:2048', '--ulimit', 'nproc=1000:1000'];
  return findContainerEngine({ podman, run }, AbortSignal.timeout(20_000));
}

function install(): void {
  execFileSync('apt-get', ['update', '--quiet'], { stdio: 'inherit' });
  execFileSync('apt-get', ['install', '--yes', '--quiet', 'podman', 'runc'], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
