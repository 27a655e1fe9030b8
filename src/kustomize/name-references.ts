import type { FieldSpec } from './field-path.ts';
import type { KindSelector } from './resource-id.ts';

/** Fields that hold the name of an object of this kind. */
export interface NameReference extends KindSelector {
  kind: string;
  fields: readonly FieldSpec[];
}

const rbac = { group: 'rbac.authorization.k8s.io' } as const;
const admission = { group: 'admissionregistration.k8s.io' } as const;

/** Where a pod's specification stands in the kinds that have one. */
const podPaths: Record<string, string> = {
  Pod: 'spec',
  PodTemplate: 'template/spec',
  Deployment: 'spec/template/spec',
  ReplicaSet: 'spec/template/spec',
  ReplicationController: 'spec/template/spec',
  DaemonSet: 'spec/template/spec',
  StatefulSet: 'spec/template/spec',
  Job: 'spec/template/spec',
  CronJob: 'spec/jobTemplate/spec/template/spec',
};
const configUsers = ['PodTemplate', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob'];
const podUsers = ['Pod', 'StatefulSet', 'Deployment', 'ReplicationController', 'CronJob', 'Job', 'DaemonSet'];

const inPods = (kinds: readonly string[], paths: readonly string[]): FieldSpec[] =>
  kinds.flatMap((kind) => paths.map((path) => ({ path: `${podPaths[kind]}/${path}`, kind })));
/** ConfigMaps and Secrets: kustomize asks for version v1 of a Pod, and for none of the others. */
const inPodsAndPod = (paths: readonly string[]): FieldSpec[] => [
  ...paths.map((path) => ({ path: `spec/${path}`, version: 'v1', kind: 'Pod' })),
  ...inPods(configUsers, paths),
];

/** In the order in which kustomize goes through them. */
export const nameReferences: readonly NameReference[] = [
  {
    kind: 'StorageClass',
    group: 'storage.k8s.io',
    version: 'v1',
    fields: [
      { path: 'spec/storageClassName', kind: 'PersistentVolume' },
      { path: 'spec/storageClassName', kind: 'PersistentVolumeClaim' },
      { path: 'spec/volumeClaimTemplates/spec/storageClassName', kind: 'StatefulSet' },
    ],
  },
  {
    kind: 'ServiceAccount',
    version: 'v1',
    fields: [
      { path: 'subjects', kind: 'RoleBinding', ...rbac },
      { path: 'subjects', kind: 'ClusterRoleBinding', ...rbac },
      ...inPods(podUsers, ['serviceAccountName']),
    ],
  },
  { kind: 'Role', ...rbac, fields: [{ path: 'roleRef/name', kind: 'RoleBinding', ...rbac }] },
  {
    kind: 'ClusterRole',
    ...rbac,
    fields: [
      { path: 'roleRef/name', kind: 'RoleBinding', ...rbac },
      { path: 'roleRef/name', kind: 'ClusterRoleBinding', ...rbac },
    ],
  },
  {
    kind: 'ConfigMap',
    version: 'v1',
    fields: [
      ...inPodsAndPod([
        'volumes/configMap/name',
        'containers/env/valueFrom/configMapKeyRef/name',
        'initContainers/env/valueFrom/configMapKeyRef/name',
        'containers/envFrom/configMapRef/name',
        'initContainers/envFrom/configMapRef/name',
        'volumes/projected/sources/configMap/name',
      ]),
      { path: 'spec/configSource/configMap', kind: 'Node' },
      { path: 'rules/resourceNames', kind: 'Role' },
      { path: 'rules/resourceNames', kind: 'ClusterRole' },
      { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap', kind: 'Ingress' },
    ],
  },
  {
    kind: 'Secret',
    version: 'v1',
    fields: [
      ...inPodsAndPod([
        'volumes/secret/secretName',
        'containers/env/valueFrom/secretKeyRef/name',
        'initContainers/env/valueFrom/secretKeyRef/name',
        'containers/envFrom/secretRef/name',
        'initContainers/envFrom/secretRef/name',
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ]),
      { path: 'spec/tls/secretName', kind: 'Ingress' },
      { path: 'metadata/annotations/ingress.kubernetes.io\\/auth-secret', kind: 'Ingress' },
      { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret', kind: 'Ingress' },
      { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret', kind: 'Ingress' },
      { path: 'imagePullSecrets/name', kind: 'ServiceAccount' },
      { path: 'parameters/secretName', kind: 'StorageClass' },
      { path: 'parameters/adminSecretName', kind: 'StorageClass' },
      { path: 'parameters/userSecretName', kind: 'StorageClass' },
      { path: 'parameters/secretRef', kind: 'StorageClass' },
      { path: 'rules/resourceNames', kind: 'Role' },
      { path: 'rules/resourceNames', kind: 'ClusterRole' },
      {
        path: 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name',
        kind: 'Service',
        group: 'serving.knative.dev',
        version: 'v1',
      },
      { path: 'spec/azureFile/secretName', kind: 'PersistentVolume' },
    ],
  },
  {
    kind: 'Service',
    version: 'v1',
    fields: [
      { path: 'spec/serviceName', kind: 'StatefulSet', group: 'apps' },
      { path: 'spec/rules/http/paths/backend/serviceName', kind: 'Ingress' },
      { path: 'spec/backend/serviceName', kind: 'Ingress' },
      { path: 'spec/rules/http/paths/backend/service/name', kind: 'Ingress' },
      { path: 'spec/defaultBackend/service/name', kind: 'Ingress' },
      { path: 'spec/service/name', kind: 'APIService', group: 'apiregistration.k8s.io' },
      { path: 'webhooks/clientConfig/service', kind: 'ValidatingWebhookConfiguration', ...admission },
      { path: 'webhooks/clientConfig/service', kind: 'MutatingWebhookConfiguration', ...admission },
    ],
  },
  {
    kind: 'PriorityClass',
    group: 'scheduling.k8s.io',
    version: 'v1',
    fields: inPods(podUsers, ['priorityClassName']),
  },
  {
    kind: 'PersistentVolume',
    version: 'v1',
    fields: [
      { path: 'spec/volumeName', kind: 'PersistentVolumeClaim' },
      { path: 'rules/resourceNames', kind: 'ClusterRole' },
    ],
  },
  {
    kind: 'PersistentVolumeClaim',
    version: 'v1',
    fields: inPods(podUsers, ['volumes/persistentVolumeClaim/claimName']),
  },
  ...['Deployment', 'StatefulSet', 'ReplicationController', 'ReplicaSet'].map((kind) => ({
    kind,
    fields: [{ path: 'spec/scaleTargetRef/name', kind: 'HorizontalPodAutoscaler' }],
  })),
  {
    kind: 'ValidatingAdmissionPolicy',
    ...admission,
    fields: [{ path: 'spec/policyName', kind: 'ValidatingAdmissionPolicyBinding', ...admission }],
  },
];
