import { configMap } from './config-map.ts';
import { deployment } from './deployment.ts';
import { networkPolicy } from './network-policy.ts';
import type { NewServer } from './new-server.ts';
import { secretObject } from './secret-object.ts';
import { clusterRoleBinding, serviceAccount } from './service-account.ts';
import { service } from './service.ts';

/** All objects of a new server, in the order in which its manifest has them. */
export function serverDocuments(server: NewServer): object[] {
  const { clusterRole, code } = server;
  const secret = secretObject(server);
  return [
    ...(clusterRole === undefined ? [] : [serviceAccount(server), clusterRoleBinding(server, clusterRole)]),
    ...(secret ? [secret] : []),
    ...(code.pattern === 'configmap' ? [configMap(server, code.content)] : []),
    deployment(server),
    service(server),
    networkPolicy(server),
  ];
}
