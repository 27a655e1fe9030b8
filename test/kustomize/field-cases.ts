import { built, type Cases, configMap, deployment, documents, service, serviceAccount } from './cases.ts';

const clusterScoped = documents(
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: old }\n',
  'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: reader }\nrules: []\n',
  'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\nprovisioner: x\n',
  'apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: disk }\nspec: { storageClassName: fast }\n',
  'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: things.example.com }\n',
  'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: nginx }\n',
  'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: { name: high }\nvalue: 1000\n',
);

const bindings = documents(
  `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reads }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects:
  - { kind: ServiceAccount, name: weather-mcp }
  - { kind: ServiceAccount, name: default }
  - { kind: ServiceAccount, name: stranger, namespace: elsewhere }
  - { kind: User, name: default }
  - { kind: Group, name: system:authenticated, apiGroup: rbac.authorization.k8s.io }
`,
  `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: reads-all }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader }
subjects:
  - { kind: ServiceAccount, name: weather-mcp, namespace: default }
  - { kind: ServiceAccount, name: weather-mcp, namespace: old }
`,
);

const images = (list: string, files: Record<string, string> = { 'a.yaml': deployment() }): ReturnType<typeof built> =>
  built(`resources: [a.yaml]\nimages:\n${list}`, files);

/** Namespaces, names, images and replicas. */
export const fieldCases: Cases = {
  'a namespace is written into what has one': built('namespace: ai-platform\nresources: [a.yaml]\n', {
    'a.yaml': documents(deployment(), service(), serviceAccount('other', 'somewhere'), clusterScoped),
  }),
  'a namespace moves the ServiceAccounts of bindings': built('namespace: ai-platform\nresources: [a.yaml]\n', {
    'a.yaml': documents(
      bindings,
      serviceAccount(),
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: reader }\n',
    ),
  }),
  'a namespace and a prefix together': built('namespace: ai-platform\nnamePrefix: p-\nresources: [a.yaml]\n', {
    'a.yaml': documents(
      bindings,
      serviceAccount(),
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: reader }\n',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: reader }\n',
    ),
  }),
  'bindings to accounts in another namespace keep it': {
    files: {
      'kustomization.yaml': 'resources: [one, two]\nnamePrefix: z-\n',
      'one/kustomization.yaml': 'namespace: one\nresources: [sa.yaml]\n',
      'one/sa.yaml': serviceAccount(),
      'two/kustomization.yaml': 'resources: [b.yaml, sa.yaml]\n',
      'two/sa.yaml': serviceAccount('weather-mcp', 'two'),
      'two/b.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reads, namespace: two }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects:
  - { kind: ServiceAccount, name: weather-mcp, namespace: one }
  - { kind: ServiceAccount, name: weather-mcp, namespace: two }
`,
    },
  },
  'a namespace goes into APIServices and conversion webhooks': built(
    'namespace: ns\nnamePrefix: p-\nresources: [a.yaml]\n',
    {
      'a.yaml': documents(
        'apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: { name: v1.x }\nspec: { service: { name: weather-mcp } }\n',
        `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.com }
spec: { conversion: { webhook: { clientConfig: { service: { namespace: old, name: weather-mcp } } } } }
`,
        service(),
      ),
    },
  ),
  'an overlay moves a base once more': {
    files: {
      'kustomization.yaml': 'namespace: outer\nresources: [base]\n',
      'base/kustomization.yaml': 'namespace: inner\nresources: [a.yaml]\n',
      'base/a.yaml': documents(
        deployment(),
        bindings,
        serviceAccount(),
        'apiVersion: v1\nkind: Namespace\nmetadata: { name: inner }\n',
      ),
    },
  },
  'a null namespace is filled in': built('namespace: ns\nresources: [a.yaml]\n', {
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: null }\n',
  }),
  'prefix and suffix spare namespaces and custom resource definitions': built(
    'namePrefix: p-\nnameSuffix: -s\nresources: [a.yaml]\n',
    {
      'a.yaml': documents(clusterScoped, deployment()),
    },
  ),
  'an image gets a tag, a name and a digest': images(
    `  - { name: python, newTag: 3.12-slim }
  - name: ghcr.io/astral-sh/uv
    newName: registry.local:5000/uv
    digest: sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3
`,
  ),
  'an image gets a tag and a digest': images(
    '  - { name: python, newTag: "3.12", digest: "sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3" }\n',
  ),
  'tags, digests and ports of registries are told apart': images(
    '  - { name: localhost:5000/app, newTag: v2 }\n  - { name: app, newName: b/app }\n',
    {
      'a.yaml': `apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  initContainers:
    - { name: a, image: "localhost:5000/app" }
    - { name: b, image: "localhost:5000/app:v1" }
    - { name: c, image: "localhost:5000/app@sha256:1234" }
    - { name: d, image: "localhost:5000/app:v1@sha256:1234" }
    - { name: e, image: "localhost:5000/app2:v1" }
  containers:
    - { name: f, image: app }
    - { name: g, image: "app:1" }
    - { name: h, image: "x/app:1" }
    - { name: i, image: "app@sha512:1234" }
    - { name: j }
  volumes:
    - { name: model, image: { reference: "app:7" } }
`,
    },
  ),
  'a suffix of a tag': images(
    '  - { name: python, tagSuffix: -fips }\n  - { name: ghcr.io/astral-sh/uv, tagSuffix: -x, newName: uv }\n',
  ),
  'the name of an image is a regular expression': images(
    '  - { name: "p.thon", newTag: "1" }\n  - { name: "(ghcr|docker).io/.*uv", newTag: "2" }\n',
  ),
  'images in custom resources and in templates of cron jobs': images('  - { name: python, newTag: "9" }\n', {
    'a.yaml': documents(
      'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: t }\nspec: { deep: [{ containers: [{ image: "python:1" }] }], image: "python:1" }\n',
      'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: c }\nspec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: a, image: python }] } } } } }\n',
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: t }\nspec: { containers: [{ image: python }] }\n',
    ),
  }),
  'imageTags are images of old': built('resources: [a.yaml]\nimageTags: [{ name: python, newTag: "4" }]\n', {
    'a.yaml': deployment(),
  }),
  'replicas by name, whatever the prefix': {
    files: {
      'kustomization.yaml':
        'resources: [base]\nnamePrefix: x-\nreplicas: [{ name: weather-mcp, count: 3 }, { name: db, count: 0 }]\n',
      'base/kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: y-\n',
      'base/a.yaml': documents(deployment(), 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db }\nspec:\n'),
    },
  },
  'replicas are for what scales': built('resources: [a.yaml]\nreplicas: [{ name: weather-mcp, count: 2 }]\n', {
    'a.yaml': documents(
      deployment(),
      service(),
      configMap('weather-mcp'),
      'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: weather-mcp }\nspec: {}\n',
    ),
  }),
};
