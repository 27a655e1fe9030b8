import type { FieldSpec } from './field-path.ts';

// Where kustomize writes what a kustomization asks for, unless it is configured otherwise.

const apps = { group: 'apps' } as const;
const batch = { group: 'batch' } as const;

/** Labels of objects and of what they make: for `labels` with `includeTemplates`. */
export const templateLabels: readonly FieldSpec[] = [
  { path: 'metadata/labels', create: true },
  { path: 'spec/template/metadata/labels', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'Deployment' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'ReplicaSet' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'DaemonSet' },
  { path: 'spec/template/metadata/labels', create: true, ...apps, kind: 'StatefulSet' },
  { path: 'spec/volumeClaimTemplates[]/metadata/labels', create: true, ...apps, kind: 'StatefulSet' },
  { path: 'spec/template/metadata/labels', create: true, ...batch, kind: 'Job' },
  { path: 'spec/jobTemplate/metadata/labels', create: true, ...batch, kind: 'CronJob' },
  { path: 'spec/jobTemplate/spec/template/metadata/labels', create: true, ...batch, kind: 'CronJob' },
];

const spreadPaths = [
  'affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'topologySpreadConstraints/labelSelector/matchLabels',
];
const spread = (kind: string): FieldSpec[] =>
  spreadPaths.map((path) => ({ path: `spec/template/spec/${path}`, create: false, ...apps, kind }));
const networkPolicy = { create: false, group: 'networking.k8s.io', kind: 'NetworkPolicy' } as const;

/** Labels and everything that selects by them: for `commonLabels`, and `labels` with `includeSelectors`. */
export const selectorLabels: readonly FieldSpec[] = [
  { path: 'spec/selector', create: true, version: 'v1', kind: 'Service' },
  { path: 'spec/selector', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/selector/matchLabels', create: true, kind: 'Deployment' },
  ...spread('Deployment'),
  { path: 'spec/selector/matchLabels', create: true, kind: 'ReplicaSet' },
  { path: 'spec/selector/matchLabels', create: true, kind: 'DaemonSet' },
  { path: 'spec/selector/matchLabels', create: true, ...apps, kind: 'StatefulSet' },
  ...spread('StatefulSet'),
  { path: 'spec/selector/matchLabels', create: false, ...batch, kind: 'Job' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', create: false, ...batch, kind: 'CronJob' },
  { path: 'spec/selector/matchLabels', create: false, group: 'policy', kind: 'PodDisruptionBudget' },
  { path: 'spec/podSelector/matchLabels', ...networkPolicy },
  { path: 'spec/ingress/from/podSelector/matchLabels', ...networkPolicy },
  { path: 'spec/egress/to/podSelector/matchLabels', ...networkPolicy },
  ...templateLabels,
];

export const annotationFields: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  { path: 'spec/template/metadata/annotations', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'Deployment' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'ReplicaSet' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'DaemonSet' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'StatefulSet' },
  { path: 'spec/template/metadata/annotations', create: true, ...batch, kind: 'Job' },
  { path: 'spec/jobTemplate/metadata/annotations', create: true, ...batch, kind: 'CronJob' },
  { path: 'spec/jobTemplate/spec/template/metadata/annotations', create: true, ...batch, kind: 'CronJob' },
];

/** Beside `metadata.namespace`, which every namespaced object gets. */
export const namespaceFields: readonly FieldSpec[] = [
  { path: 'metadata/name', create: true, version: 'v1', kind: 'Namespace' },
  { path: 'spec/service/namespace', create: true, group: 'apiregistration.k8s.io', kind: 'APIService' },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
  },
];

export const imageFields: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap((pod) =>
  ['containers[]/image', 'initContainers[]/image', 'volumes[]/image/reference'].map((field) => ({
    path: `${pod}/${field}`,
  })),
);

export const replicaFields: readonly FieldSpec[] = [
  'Deployment',
  'ReplicationController',
  'ReplicaSet',
  'StatefulSet',
].map((kind) => ({ path: 'spec/replicas', create: true, kind }));
