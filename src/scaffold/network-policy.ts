import type { EgressPeer } from './egress-peer.ts';
import { metadata, selectorLabels } from './metadata.ts';
import type { NewServer } from './new-server.ts';

/**
 * Who may reach the server, from what its exposure means: pods of the cluster, or anybody. Egress is restricted only
 * where back ends are named: a rule that forgets one breaks the server.
 */
export function networkPolicy(server: NewServer) {
  const { name, port, exposure, egress } = server;
  const anyPod = exposure.kind === 'clusterip' ? { from: [{ namespaceSelector: {} }] } : {};
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(server),
    spec: {
      podSelector: { matchLabels: selectorLabels(name) },
      policyTypes: ['Ingress', ...(egress.length > 0 ? ['Egress'] : [])],
      ingress: [{ ...anyPod, ports: [tcp(port)] }],
      ...(egress.length > 0 ? { egress: egressRules(server) } : {}),
    },
  };
}

function egressRules({ egress, code, clusterRole }: NewServer): object[] {
  const installs = code.pattern === 'configmap' && code.install !== undefined;
  return [
    { ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] },
    // The package index of the init container.
    ...(installs ? [{ to: anywhere, ports: [tcp(443)] }] : []),
    // The Kubernetes API: its Service's port, and the one behind it.
    ...(clusterRole === undefined ? [] : [{ to: anywhere, ports: [tcp(443), tcp(6443)] }]),
    ...egress.filter((peer) => !(installs && peer.kind === 'host' && peer.port === 443)).map(ruleFor),
  ];
}

const tcp = (port: number) => ({ protocol: 'TCP', port });
const anywhere = [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }];

function ruleFor(peer: EgressPeer): object {
  const ports = peer.port === undefined ? {} : { ports: [tcp(peer.port)] };
  switch (peer.kind) {
    case 'address':
      return { to: [{ ipBlock: { cidr: peer.cidr } }], ...ports };
    case 'host':
      return { to: anywhere, ...ports };
    case 'service': {
      const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } };
      const pods = peer.pods === undefined ? {} : { podSelector: { matchLabels: peer.pods } };
      return { to: [{ namespaceSelector, ...pods }], ...ports };
    }
  }
}
