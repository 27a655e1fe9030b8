import { metadata, selectorLabels } from './metadata.ts';
import type { NewServer } from './new-server.ts';

export function service(server: NewServer) {
  const { name, port, exposure } = server;
  const nodePort = exposure.kind === 'nodeport' ? { nodePort: exposure.nodePort } : {};
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(server),
    spec: {
      type: exposure.kind === 'nodeport' ? 'NodePort' : 'ClusterIP',
      selector: selectorLabels(name),
      ports: [{ name: 'mcp', port, targetPort: port, ...nodePort }],
    },
  };
}
