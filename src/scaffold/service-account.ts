import { metadata } from './metadata.ts';
import type { NewServer } from './new-server.ts';

/** An identity at the Kubernetes API, for a server that works with it; others get none. */
export function serviceAccount(server: NewServer) {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(server),
    automountServiceAccountToken: false,
  };
}

export function clusterRoleBinding(server: NewServer, clusterRole: string) {
  const { name, namespace, labels } = metadata(server);
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `${namespace}-${name}`, labels },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterRole },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  };
}
