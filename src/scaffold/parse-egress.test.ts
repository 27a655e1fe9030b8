import { expect, test } from 'vitest';
import type { Manifest } from '../repository/types.ts';
import { parseEgress } from './parse-egress.ts';

const service = (spec: object) =>
  ({ kind: 'Service', name: 'grafana', namespace: 'monitoring', value: { spec } }) as unknown as Manifest;
const repository = {
  manifestsOf: () => [service({ selector: { app: 'grafana' }, ports: [{ port: 80, targetPort: 3000 }] })],
};
const named = {
  manifestsOf: () => [service({ selector: { app: 'grafana' }, ports: [{ port: 80, targetPort: 'web' }] })],
};

test.each([
  ['10.20.0.7:8006', { kind: 'address', cidr: '10.20.0.7/32', port: 8006 }],
  ['10.20.0.0/24', { kind: 'address', cidr: '10.20.0.0/24', port: undefined }],
  ['[fd00::7]:443', { kind: 'address', cidr: 'fd00::7/128', port: 443 }],
  ['fd00::/8', { kind: 'address', cidr: 'fd00::/8', port: undefined }],
  ['api.example.com', { kind: 'host', host: 'api.example.com', port: 443 }],
  ['api.example.com:8443', { kind: 'host', host: 'api.example.com', port: 8443 }],
  [
    'qdrant.knowledge.svc.cluster.local:6333',
    { kind: 'service', name: 'qdrant', namespace: 'knowledge', pods: undefined, port: undefined },
  ],
])('%s', (text, peer) => {
  expect(parseEgress(text, repository)).toEqual(peer);
});

test('a known Service becomes its pods and their port, not its own', () => {
  const peer = { kind: 'service', name: 'grafana', namespace: 'monitoring', pods: { app: 'grafana' } };
  expect(parseEgress('grafana.monitoring:80', repository)).toEqual({ ...peer, port: 3000 });
  expect(parseEgress('grafana.monitoring.svc', repository)).toEqual({ ...peer, port: 3000 });
  expect(parseEgress('grafana.monitoring:80', named)).toEqual({ ...peer, port: undefined });
});

test.each([
  ['300.1.1.1', 'no IPv4 address'],
  ['10.0.0.0/33', 'no IPv4 address'],
  ['api.example.com:70000', 'ports go from 1 to 65535'],
  ['grafana', 'no address, Service or host'],
  ['https://example.com', 'no HOST or HOST:PORT'],
])('%s is refused', (text, message) => {
  expect(() => parseEgress(text, repository)).toThrow(message);
});
