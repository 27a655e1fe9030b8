import { createHash } from 'node:crypto';
import { gitSource } from '../../src/effects/cluster/local/sources/git-source.ts';
import { workingTreeSource } from '../../src/effects/cluster/local/sources/working-tree-source.ts';
import { runSupervisor } from '../../src/effects/cluster/local/supervisor/run-supervisor.ts';
import { realGit } from '../../src/effects/git/real-git.ts';
import type { BuiltObject } from '../../src/kustomize/build-kustomization.ts';
import type { LocalWorkload } from '../../src/local/types.ts';
import { childDriver } from './child-driver.ts';
import { httpProbeOf, nodeContainer, workloadOf } from './local-workload.ts';

interface Deployment {
  kind: string;
  metadata: { name: string; namespace?: string };
  spec: { code: string; replicas?: number };
}

/** A supervisor whose Deployments are nothing but the JavaScript in `spec.code`, run by the simplest driver. */
await runSupervisor({
  driver: async () => childDriver(),
  parts: async ({ root, source }) => ({
    objects: source.kind === 'git' ? gitSource(root, realGit(root), source) : workingTreeSource(root),
    workloadsOf: async (objects) => ({ workloads: objects.flatMap(workloadIn), missing: [], problems: [] }),
    limits: { firstMilliseconds: 100, mostMilliseconds: 1000 },
  }),
});

function workloadIn({ value }: BuiltObject): LocalWorkload[] {
  const { kind, metadata, spec } = value as unknown as Deployment;
  if (kind !== 'Deployment') return [];
  const { name, namespace = 'default' } = metadata;
  const containers = [nodeContainer(spec.code, { readiness: httpProbeOf('/') })];
  const services = [{ namespace, name, ports: [{ port: 8080, targetPort: 8080 }] }];
  return [workloadOf({ name, namespace, replicas: spec.replicas ?? 1, hash: hashOf(spec.code), containers, services })];
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
