import { built, type Cases, configMap, deployment, documents, service, serviceAccount } from './cases.ts';

/** Which files a kustomization is made of, and the order of what comes out. */
export const layoutCases: Cases = {
  'one file with several documents comes in the order of dependencies': built('resources: [all.yaml]\n', {
    'all.yaml': documents(deployment(), service(), configMap(), serviceAccount()),
  }),
  'sortOptions keep the order of the files': built('resources: [b.yaml, a.yaml]\nsortOptions: { order: fifo }\n', {
    'a.yaml': configMap('a'),
    'b.yaml': documents(deployment('z'), configMap('b')),
  }),
  'sortOptions give an order of their own': built(
    `resources: [a.yaml]
sortOptions:
  order: legacy
  legacySortOptions:
    orderFirst: [Deployment]
    orderLast: [ServiceAccount]
`,
    { 'a.yaml': documents(serviceAccount(), configMap('b'), configMap('a'), service(), deployment()) },
  ),
  'a directory is a base, and the default apiVersion and kind may be absent': {
    files: {
      'overlay/kustomization.yaml': 'resources: [../base]\n',
      'base/kustomization.yml': 'resources:\n- weather.yaml\n',
      'base/weather.yaml': deployment(),
    },
    directory: 'overlay',
  },
  'the file may be called Kustomization, with apiVersion and kind': built('', {
    'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - sub/\n',
    'sub/Kustomization': 'resources: [./a.yaml]\nmetadata: { name: x, annotations: { a: b } }\n',
    'sub/a.yaml': configMap('a'),
  }),
  'bases are resources of old': {
    files: {
      'o/kustomization.yaml': 'resources: [c.yaml]\nbases: [../b]\n',
      'o/c.yaml': configMap('c'),
      'b/kustomization.yaml': 'resources: [a.yaml]\n',
      'b/a.yaml': configMap('a'),
    },
    directory: 'o',
  },
  'three layers, each with a prefix': {
    files: {
      'prod/kustomization.yaml': 'namePrefix: prod-\nresources: [../team]\n',
      'team/kustomization.yaml': 'namePrefix: team-\nresources: [../base]\nnameSuffix: -v2\n',
      'base/kustomization.yaml': 'resources: [w.yaml]\n',
      'base/w.yaml': documents(deployment(), configMap(), serviceAccount()),
    },
    directory: 'prod',
  },
  'the same base twice under different prefixes': {
    files: {
      'kustomization.yaml': 'resources: [a, b]\n',
      'a/kustomization.yaml': 'namePrefix: a-\nresources: [../base]\n',
      'b/kustomization.yaml': 'namePrefix: b-\nresources: [../base]\n',
      'base/kustomization.yaml': 'resources: [w.yaml]\n',
      'base/w.yaml': documents(deployment(), configMap(), serviceAccount()),
    },
  },
  'components change what came before them': {
    files: {
      'kustomization.yaml': 'resources: [w.yaml]\ncomponents: [debug, labels]\nnamespace: ai-platform\n',
      'w.yaml': documents(deployment(), service()),
      'debug/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [extra.yaml]
patches:
  - target: { kind: Deployment }
    patch: |
      - op: replace
        path: /spec/replicas
        value: 2
`,
      'debug/extra.yaml': configMap('debug'),
      'labels/kustomization.yaml': 'kind: Component\nlabels:\n  - pairs: { tier: mcp }\n',
    },
  },
  'a component of a component with a generator': {
    files: {
      'kustomization.yaml': 'components: [one]\nresources: [w.yaml]\n',
      'w.yaml': deployment(),
      'one/kustomization.yaml': 'kind: Component\ncomponents: [../two]\nnamePrefix: one-\n',
      'two/kustomization.yaml':
        'kind: Component\nconfigMapGenerator:\n  - name: weather-mcp-settings\n    literals: [A=1]\n',
    },
  },
  'a Component may be built by itself': {
    files: { 'kustomization.yaml': 'kind: Component\nresources: [a.yaml]\n', 'a.yaml': configMap('a') },
  },
  'a List stands for its items': built('resources: [l.yaml]\nnamePrefix: x-\n', {
    'l.yaml': `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: one } }
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: two } }
`,
  }),
  'lists among other documents come last': built('resources: [l.yaml]\nsortOptions: { order: fifo }\n', {
    'l.yaml': documents(
      `apiVersion: v1
kind: ConfigMapList
items:
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: one } }
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: two } }
`,
      configMap('three'),
      'apiVersion: example.com/v1\nkind: AllowList\nmetadata: { name: hosts }\nspec: { hosts: [a, b] }\n',
      'apiVersion: v1\nkind: SecretList\nitems: null\n',
    ),
  }),
  'empty and commented documents are left out': built('resources: [a.yaml, empty.yaml]\n', {
    'a.yaml': `---\n# nothing here\n---\n${configMap('a')}---\n{}\n---\nnull\n---\n`,
    'empty.yaml': '# only a comment\n',
  }),
  'what is only configuration stays here': built('resources: [a.yaml]\n', {
    'a.yaml': documents(
      configMap('a'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n  annotations: { config.kubernetes.io/local-config: "true" }\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  annotations: { config.kubernetes.io/local-config: "false" }\n',
    ),
  }),
  'nothing at all is built from an empty list': built('resources: []\n'),
  'every kind that has a place in the order': built('resources: [a.yaml]\n', {
    'a.yaml': documents(
      ...[
        ['v1', 'PersistentVolumeClaim'],
        ['apps/v1', 'StatefulSet'],
        ['batch/v1', 'CronJob'],
        ['batch/v1', 'Job'],
        ['networking.k8s.io/v1', 'Ingress'],
        ['networking.k8s.io/v1', 'NetworkPolicy'],
        ['secrets.infisical.com/v1alpha1', 'InfisicalSecret'],
        ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
        ['rbac.authorization.k8s.io/v1', 'Role'],
        ['v1', 'Secret'],
        ['v1', 'Namespace'],
        ['example.com/v1', 'Namespace'],
        ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
        ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
        ['v1', 'LimitRange'],
        ['v1', 'Pod'],
      ].map(([apiVersion, kind]) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n`),
    ),
  }),
};
