import { built, type Cases, configMap, deployment, documents, service, serviceAccount } from './cases.ts';

const claim =
  'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: weather-mcp-state }\nspec: { storageClassName: fast, volumeName: disk }\n';
const secret = (name = 'weather-mcp-secrets'): string => `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name} }\n`;
const role =
  'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: reader }\nrules:\n  - { apiGroups: [""], resources: [configmaps, secrets], resourceNames: [weather-mcp-code, weather-mcp-secrets, other], verbs: [get] }\n';

const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/auth-secret: weather-mcp-secrets
    ingress.kubernetes.io/auth-secret: other
spec:
  ingressClassName: nginx
  defaultBackend: { service: { name: weather-mcp, port: { number: 8080 } } }
  tls: [{ hosts: [a.example], secretName: weather-mcp-secrets }, { hosts: [b.example] }]
  rules:
    - host: a.example
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: weather-mcp, port: { name: http } } } }] }
    - host: b.example
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: stranger, port: { name: http } } } }] }
`;

const webhook = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: hooks }
webhooks:
  - { name: a.example.com, clientConfig: { service: { name: weather-mcp, namespace: default, path: /x } } }
  - { name: b.example.com, clientConfig: { url: "https://b.example" } }
`;

const all = documents(
  deployment(),
  service(),
  configMap(),
  configMap('weather-mcp-settings', 'A: "1"'),
  secret(),
  serviceAccount(),
  claim,
  role,
  ingress,
  'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: weather-mcp } }\n',
  'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\nparameters: { secretName: weather-mcp-secrets }\n',
  'apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: disk }\nspec: { storageClassName: fast }\n',
);

/** Names that follow what they name. */
export const referenceCases: Cases = {
  'everything that names something renamed follows': built('namePrefix: p-\nnameSuffix: -s\nresources: [a.yaml]\n', {
    'a.yaml': all,
  }),
  'and in a namespace': built('namePrefix: p-\nnamespace: ns\nresources: [a.yaml]\n', {
    'a.yaml': documents(all, webhook),
  }),
  'webhooks know their services by namespace': built('namePrefix: p-\nresources: [a.yaml]\n', {
    'a.yaml': documents(service(), webhook),
  }),
  'names of strangers stay': built('namePrefix: p-\nresources: [a.yaml]\n', { 'a.yaml': deployment() }),
  'pods, jobs and their kin': built('namePrefix: p-\nresources: [a.yaml]\n', {
    'a.yaml': documents(
      ...[
        ['v1', 'Pod', 'spec: POD'],
        ['v1', 'PodTemplate', 'template: { spec: POD }'],
        ['apps/v1', 'DaemonSet', 'spec: { template: { spec: POD } }'],
        ['apps/v1', 'ReplicaSet', 'spec: { template: { spec: POD } }'],
        ['apps/v1', 'StatefulSet', 'spec: { serviceName: weather-mcp, template: { spec: POD } }'],
        ['v1', 'ReplicationController', 'spec: { template: { spec: POD } }'],
        ['batch/v1', 'Job', 'spec: { template: { spec: POD } }'],
        ['batch/v1', 'CronJob', 'spec: { jobTemplate: { spec: { template: { spec: POD } } } }'],
        ['example.com/v1', 'Pod', 'spec: POD'],
        ['example.com/v1', 'Thing', 'spec: POD'],
      ].map(
        ([apiVersion, kind, spec = '']) =>
          `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n${spec.replace(
            'POD',
            `{ serviceAccountName: weather-mcp, priorityClassName: high, imagePullSecrets: [{ name: weather-mcp-secrets }],
    containers: [{ name: c, envFrom: [{ secretRef: { name: weather-mcp-secrets } }], env: [{ name: A, valueFrom: { configMapKeyRef: { name: weather-mcp-code, key: a } } }] }],
    volumes: [{ name: v, projected: { sources: [{ configMap: { name: weather-mcp-code } }, { secret: { name: weather-mcp-secrets } }] } },
      { name: w, persistentVolumeClaim: { claimName: weather-mcp-state } }, { name: s, secret: { secretName: weather-mcp-secrets } }] }`,
          )}\n`,
      ),
      configMap(),
      secret(),
      claim,
      serviceAccount(),
      service(),
      'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: { name: high }\n',
    ),
  }),
  'two objects of one name in different namespaces': built('namePrefix: p-\nresources: [a.yaml]\n', {
    'a.yaml': documents(
      configMap().replace('metadata:', 'metadata:\n  namespace: one'),
      configMap().replace('metadata:', 'metadata:\n  namespace: two'),
      deployment().replace('metadata:', 'metadata:\n  namespace: two'),
    ),
  }),
  'two bases with the same names keep to themselves': {
    files: {
      'kustomization.yaml': 'resources: [a, b]\nnameSuffix: -x\n',
      'a/kustomization.yaml': 'namePrefix: a-\nresources: [../base]\n',
      'b/kustomization.yaml': 'namePrefix: b-\nresources: [../base]\n',
      'base/kustomization.yaml': 'resources: [all.yaml]\n',
      'base/all.yaml': documents(deployment(), configMap(), secret(), role, serviceAccount(), service(), ingress),
    },
  },
  'a reference from an overlay into a renamed base': {
    files: {
      'kustomization.yaml': 'resources: [base, d.yaml]\n',
      'd.yaml': deployment(),
      'base/kustomization.yaml': 'namePrefix: base-\nresources: [c.yaml]\n',
      'base/c.yaml': documents(configMap(), secret()),
    },
  },
  'bindings name roles and cluster roles of one name': built('namePrefix: p-\nresources: [a.yaml]\n', {
    'a.yaml': documents(
      role,
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: reader }\n',
      ...['Role', 'ClusterRole'].map(
        (kind) =>
          `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: by-${kind.toLowerCase()} }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: reader }\nsubjects: []\n`,
      ),
    ),
  }),
  'admission policies and their bindings': built('namePrefix: p-\nresources: [a.yaml]\n', {
    'a.yaml': documents(
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: v }\n',
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: { name: v }\nspec: { policyName: v }\n',
    ),
  }),
};
