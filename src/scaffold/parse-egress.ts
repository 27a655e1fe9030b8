import { BerthError } from '../errors.ts';
import type { Repository } from '../repository/types.ts';
import type { EgressPeer } from './egress-peer.ts';

type Services = Pick<Repository, 'manifestsOf'>;

/**
 * Reads `--egress HOST[:PORT]`: an address or a range, a Service (`name.namespace`, or with `.svc…` behind it), or a
 * host outside. For a Service of the repository the policy gets its pods and their port: policies are applied behind
 * Services. Errors: USAGE.
 */
export function parseEgress(text: string, repository: Services): EgressPeer {
  const { host, port } = hostAndPort(text);
  const cidr = cidrOf(host);
  if (cidr !== undefined) return { kind: 'address', cidr, port };

  const [name = '', namespace = '', ...rest] = host.toLowerCase().split('.');
  const found = serviceOf(repository, name, namespace);
  if (found || (rest[0] === 'svc' && namespace !== '')) {
    return { kind: 'service', name, namespace, ...podsOf(found?.value, port) };
  }
  if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i.test(host)) {
    throw invalid(text, 'it is no address, Service or host');
  }
  return { kind: 'host', host, port: port ?? 443 };
}

function hostAndPort(text: string): { host: string; port: number | undefined } {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? (/^[0-9a-f:]+(\/\d+)?$/i.test(text) && text.includes('::') ? text : undefined);
  if (host === undefined) throw invalid(text, 'it is no HOST or HOST:PORT');
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65535)) throw invalid(text, 'ports go from 1 to 65535');
  return { host, port };
}

function cidrOf(host: string): string | undefined {
  const [address = '', bits] = host.split('/');
  if (/^\d+(\.\d+){3}$/.test(address)) {
    const parts = address.split('.').map(Number);
    if (parts.some((part) => part > 255) || Number(bits ?? 32) > 32) throw invalid(host, 'it is no IPv4 address');
    return `${address}/${bits ?? 32}`;
  }
  if (/^[0-9a-f:]+$/i.test(address) && address.includes(':')) return `${address}/${bits ?? 128}`;
  return undefined;
}

function serviceOf(repository: Services, name: string, namespace: string) {
  return repository
    .manifestsOf('Service')
    .find((service) => service.name === name && service.namespace === namespace && namespace !== '');
}

interface ServiceValue {
  spec?: { selector?: Record<string, string>; ports?: { port?: number; targetPort?: number | string }[] };
}

function podsOf(
  value: ServiceValue | undefined,
  port: number | undefined,
): Pick<EgressPeer & { kind: 'service' }, 'pods' | 'port'> {
  const { selector, ports = [] } = value?.spec ?? {};
  const wanted = port === undefined && ports.length === 1 ? ports[0] : ports.find((one) => one.port === port);
  const target = wanted?.targetPort ?? wanted?.port;
  // A port that only has a name, or is not known, is left open: a wrong number would break the server.
  return { pods: selector, port: typeof target === 'number' ? target : undefined };
}

function invalid(text: string, reason: string): BerthError {
  return new BerthError('USAGE', `--egress ${text}: ${reason}`, {
    hint: 'For example: --egress 10.20.0.7:8006, --egress grafana.monitoring:3000 or --egress api.example.com',
  });
}
