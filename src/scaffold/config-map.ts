import { metadata } from './metadata.ts';
import type { NewServer, PackedCode } from './new-server.ts';
import { serverNames } from './server-names.ts';

/** The generated ConfigMap that carries a server's code. */
export function configMap(server: Pick<NewServer, 'name' | 'namespace'>, content: PackedCode) {
  const { data, binaryData, serverSideApply } = content;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      ...metadata(server, serverNames(server.name).configMap),
      ...(serverSideApply ? { annotations: { 'argocd.argoproj.io/sync-options': 'ServerSideApply=true' } } : {}),
    },
    ...(Object.keys(data).length === 0 ? {} : { data }),
    ...(Object.keys(binaryData).length === 0 ? {} : { binaryData }),
  };
}
