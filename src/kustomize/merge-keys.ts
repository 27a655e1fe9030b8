/** What a strategic merge must know of a type: which fields lead on, and which lists are merged by which keys. */
export interface MergeType {
  readonly fields?: Readonly<Record<string, MergeType>>;
  readonly lists?: Readonly<Record<string, MergeList>>;
}

export interface MergeList {
  /** None: a list of scalars that is merged as a set. */
  readonly keys: readonly string[];
  readonly items?: MergeType;
}

// From the patchMergeKey and listMapKeys markers of the Kubernetes API types, as of the version that kustomize 5
// carries (1.21): a field that is younger is replaced, not merged.
const conditions: MergeType = { lists: { conditions: { keys: ['type'] } } };
const metadata: MergeType = { lists: { finalizers: { keys: [] }, ownerReferences: { keys: ['uid'] } } };
const container: MergeType = {
  lists: {
    env: { keys: ['name'] },
    ports: { keys: ['containerPort', 'protocol'] },
    volumeDevices: { keys: ['devicePath'] },
    volumeMounts: { keys: ['mountPath'] },
  },
};
const volume: MergeType = { fields: { ephemeral: { fields: { volumeClaimTemplate: { fields: { metadata } } } } } };
const podSpec: MergeType = {
  lists: {
    containers: { keys: ['name'], items: container },
    ephemeralContainers: { keys: ['name'], items: withoutPorts(container) },
    hostAliases: { keys: ['ip'] },
    imagePullSecrets: { keys: ['name'] },
    initContainers: { keys: ['name'], items: container },
    topologySpreadConstraints: { keys: ['topologyKey', 'whenUnsatisfiable'] },
    volumes: { keys: ['name'], items: volume },
  },
};
const template: MergeType = { fields: { metadata, spec: podSpec } };
const workload: MergeType = { fields: { metadata, spec: { fields: { template } }, status: conditions } };
const job: MergeType = { fields: { metadata, spec: { fields: { template } } } };
const cronJob: MergeType = { fields: { metadata, spec: { fields: { jobTemplate: job } } } };
const webhooks: MergeType = { fields: { metadata }, lists: { webhooks: { keys: ['name'] } } };
const withConditions: MergeType = { fields: { metadata, status: conditions } };
const plain: MergeType = { fields: { metadata } };

const special: Record<string, MergeType> = {
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration': webhooks,
  'apiregistration.k8s.io/v1 APIService': withConditions,
  'apiregistration.k8s.io/v1beta1 APIService': withConditions,
  'apps/v1 DaemonSet': workload,
  'apps/v1 Deployment': workload,
  'apps/v1 ReplicaSet': workload,
  'apps/v1 StatefulSet': workload,
  'batch/v1 CronJob': cronJob,
  'batch/v1 Job': { fields: { metadata, spec: { fields: { template } }, status: conditions } },
  'batch/v1beta1 CronJob': cronJob,
  'policy/v1 PodDisruptionBudget': withConditions,
  'policy/v1beta1 PodDisruptionBudget': withConditions,
  'storage.k8s.io/v1 CSINode': { fields: { metadata, spec: { lists: { drivers: { keys: ['name'] } } } } },
  'storage.k8s.io/v1beta1 CSINode': { fields: { metadata, spec: { lists: { drivers: { keys: ['name'] } } } } },
  'v1 ComponentStatus': { fields: { metadata }, lists: { conditions: { keys: ['type'] } } },
  'v1 Namespace': withConditions,
  'v1 Node': {
    fields: {
      metadata,
      spec: { lists: { podCIDRs: { keys: [] } } },
      status: { lists: { addresses: { keys: ['type'] }, conditions: { keys: ['type'] } } },
    },
  },
  'v1 PersistentVolumeClaim': withConditions,
  'v1 Pod': {
    fields: {
      metadata,
      spec: podSpec,
      status: { lists: { conditions: { keys: ['type'] }, podIPs: { keys: ['ip'] } } },
    },
  },
  'v1 PodTemplate': { fields: { metadata, template } },
  'v1 ReplicationController': workload,
  'v1 Service': {
    fields: { metadata, spec: { lists: { ports: { keys: ['port', 'protocol'] } } }, status: conditions },
  },
  'v1 ServiceAccount': { fields: { metadata }, lists: { secrets: { keys: ['name'] } } },
};

// Kinds of which nothing but the metadata has lists that are merged.
const others: Record<string, string> = {
  'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
  'apiextensions.k8s.io/v1beta1': 'CustomResourceDefinition',
  'apps/v1': 'ControllerRevision',
  'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
  'autoscaling/v2beta1': 'HorizontalPodAutoscaler',
  'autoscaling/v2beta2': 'HorizontalPodAutoscaler',
  'certificates.k8s.io/v1': 'CertificateSigningRequest',
  'certificates.k8s.io/v1beta1': 'CertificateSigningRequest',
  'coordination.k8s.io/v1': 'Lease',
  'coordination.k8s.io/v1beta1': 'Lease',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'discovery.k8s.io/v1beta1': 'EndpointSlice',
  'events.k8s.io/v1': 'Event',
  'events.k8s.io/v1beta1': 'Event',
  'extensions/v1beta1': 'Ingress',
  'flowcontrol.apiserver.k8s.io/v1beta1': 'FlowSchema PriorityLevelConfiguration',
  'networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy',
  'networking.k8s.io/v1beta1': 'Ingress IngressClass',
  'node.k8s.io/v1': 'RuntimeClass',
  'node.k8s.io/v1beta1': 'RuntimeClass',
  'policy/v1beta1': 'Eviction PodSecurityPolicy',
  'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'rbac.authorization.k8s.io/v1beta1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'scheduling.k8s.io/v1beta1': 'PriorityClass',
  'storage.k8s.io/v1': 'CSIDriver StorageClass VolumeAttachment',
  'storage.k8s.io/v1beta1': 'CSIDriver CSIStorageCapacity StorageClass VolumeAttachment',
  v1: 'Binding ConfigMap Endpoints Event LimitRange PersistentVolume ResourceQuota Secret',
};

const types = new Map<string, MergeType>([
  ...Object.entries(others).flatMap(([apiVersion, kinds]) =>
    kinds.split(' ').map((kind): [string, MergeType] => [`${apiVersion} ${kind}`, plain]),
  ),
  ...Object.entries(special),
]);

/** Undefined for kinds that kustomize does not know: their lists are replaced. */
export function mergeTypeOf(apiVersion: string, kind: string): MergeType | undefined {
  return types.get(`${apiVersion} ${kind}`);
}

function withoutPorts({ lists = {} }: MergeType): MergeType {
  const { ports: _, ...rest } = lists;
  return { lists: rest };
}
