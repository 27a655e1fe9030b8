import { built, type Cases, deployment, documents, service } from './cases.ts';

const everything = documents(
  deployment(),
  service(),
  `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  template:
    spec:
      topologySpreadConstraints:
        - { topologyKey: zone, labelSelector: { matchLabels: { app: db } } }
        - { topologyKey: host, labelSelector: {} }
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - { topologyKey: zone, labelSelector: { matchLabels: { app: db } } }
          preferredDuringSchedulingIgnoredDuringExecution:
            - { weight: 1, podAffinityTerm: { topologyKey: zone, labelSelector: { matchLabels: { app: db } } } }
  volumeClaimTemplates:
    - { metadata: { name: data }, spec: { storageClassName: fast } }
`,
  'apiVersion: batch/v1\nkind: Job\nmetadata: { name: j }\nspec: { template: { spec: {} } }\n',
  'apiVersion: batch/v1\nkind: Job\nmetadata: { name: k }\nspec: { selector: { matchLabels: { a: b } } }\n',
  'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: c }\nspec: { jobTemplate: { spec: { selector: { matchLabels: {} } } } }\n',
  'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: b }\nspec: { selector: { matchLabels: { app: x } } }\n',
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: n }
spec:
  podSelector: { matchLabels: { app: weather-mcp } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: a } } }, { namespaceSelector: {} }, { podSelector: {} }] }]
  egress: [{ to: [{ podSelector: { matchLabels: { app: b } } }] }, { ports: [{ port: 53 }] }]
`,
  'apiVersion: v1\nkind: ReplicationController\nmetadata: { name: r }\nspec: {}\n',
  'apiVersion: example.com/v1\nkind: Deployment\nmetadata: { name: mine }\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: labelled, labels: { team: old, n: 5, on: null } }\n',
);

/** Labels and annotations. */
export const labelCases: Cases = {
  'labels go on the objects alone': built('resources: [a.yaml]\nlabels: [{ pairs: { team: ai, "a/8": "9" } }]\n', {
    'a.yaml': everything,
  }),
  'labels with templates': built(
    'resources: [a.yaml]\nlabels:\n  - includeTemplates: true\n    pairs: { team: ai }\n',
    { 'a.yaml': everything },
  ),
  'labels with selectors': built(
    'resources: [a.yaml]\nlabels:\n  - includeSelectors: true\n    pairs: { team: ai, x: z }\n',
    { 'a.yaml': everything },
  ),
  'labels in fields of their own': built(
    `resources: [a.yaml]
labels:
  - pairs: { team: ai }
    fields:
      - { path: spec/custom/labels, kind: Deployment, create: true }
      - { path: spec/jobTemplate/labels, group: batch }
      - { path: /spec/template/metadata/labels, version: v1, kind: Job, create: true }
`,
    { 'a.yaml': everything },
  ),
  'several labels, one after the other': built(
    'resources: [a.yaml]\nlabels: [{ pairs: { a: "1", b: "1" } }, { pairs: { b: "2" }, includeSelectors: true }]\ncommonLabels: { c: "3", a: "4" }\n',
    { 'a.yaml': everything },
  ),
  'commonLabels select too': built('resources: [a.yaml]\ncommonLabels:\n  app.kubernetes.io/part-of: platform\n', {
    'a.yaml': everything,
  }),
  'commonAnnotations go into templates': built(
    'resources: [a.yaml]\ncommonAnnotations:\n  note: "yes"\n  number: "5"\n',
    { 'a.yaml': everything },
  ),
  'annotations are texts in the end, and empty ones go': built('resources: [a.yaml]\n', {
    'a.yaml': documents(
      `apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  annotations: { number: 5, float: 1.10, yes: true, nothing: , null: null, date: 2026-01-31, octal: 0755, text: x, "list": [a] }
`.replace('null: null', 'nil: null'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b, annotations: {} }\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  annotations:\n  labels: {}\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: d, annotations: { config.kubernetes.io/origin: x, config.kubernetes.io/path: y, config.k8s.io/id: "1" } }\n',
    ),
  }),
  'labels over labels that are null': built('resources: [a.yaml]\ncommonLabels: { a: b }\n', {
    'a.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n  labels:\nspec:\n  selector:\n  template:\n    metadata: null\n',
  }),
  'in a base and in an overlay': {
    files: {
      'kustomization.yaml':
        'resources: [base]\ncommonLabels: { layer: outer }\nlabels: [{ pairs: { outer: "yes" }, includeTemplates: true }]\n',
      'base/kustomization.yaml': 'resources: [a.yaml]\ncommonLabels: { layer: inner }\n',
      'base/a.yaml': everything,
    },
  },
  'labels that were written together change together': {
    files: {
      'kustomization.yaml': `resources: [base]
labels: [{ pairs: { layer: outer } }]
patches:
  - target: { kind: StatefulSet }
    patch: |
      kind: X
      metadata: { name: x, labels: { second: patched } }
`,
      'base/kustomization.yaml': `resources: [a.yaml]
labels:
  - { includeSelectors: true, pairs: { layer: inner, second: base } }
commonAnnotations: { note: base }
`,
      'base/a.yaml': everything,
    },
  },
  'and no longer after a JSON patch': {
    files: {
      'kustomization.yaml': `resources: [base]
labels: [{ pairs: { layer: outer } }]
patches:
  - target: { kind: Deployment }
    patch: "- { op: add, path: /metadata/labels/x, value: v }"
`,
      'base/kustomization.yaml': 'resources: [a.yaml]\ncommonLabels: { layer: inner }\n',
      'base/a.yaml': documents(deployment(), service()),
    },
  },
};
