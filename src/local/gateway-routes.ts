import type { LocalService, LocalWorkload } from './types.ts';

/** Where a request goes, and what it looks like there. */
export interface GatewayRoute {
  workload: { namespace: string; name: string };
  server: string;
  /** Of the container. */
  targetPort: number;
  /** What a client of the configured endpoint would send; undefined: what the caller sends. */
  host: string | undefined;
}

/** All ways into a local cluster. */
export interface GatewayRoutes {
  /** First part of the path on the gateway's port: `weather`, and `weather.ai-platform`. */
  byServer: ReadonlyMap<string, GatewayRoute>;
  /** `weather-mcp.ai-platform:8080`: what clients inside of a cluster call it. */
  byService: ReadonlyMap<string, GatewayRoute>;
  byNodePort: ReadonlyMap<number, GatewayRoute>;
}

/** `nodeAddress`: what clients of the cluster that this one stands for call a NodePort by. */
export function gatewayRoutes(workloads: readonly LocalWorkload[], nodeAddress?: string): GatewayRoutes {
  const byServer = new Map<string, GatewayRoute>();
  const byService = new Map<string, GatewayRoute>();
  const byNodePort = new Map<number, GatewayRoute>();
  for (const { namespace, name, server, services, template } of workloads) {
    const workload = { namespace, name };
    const [main] = services.flatMap((service) => mainPort(service));
    const own = template.containers.flatMap(({ ports }) => ports)[0];
    const route = main
      ? { workload, server, targetPort: main.targetPort, host: outsideHost(main, nodeAddress) ?? insideHost(main) }
      : { workload, server, targetPort: own ?? 8080, host: undefined };
    if (!byServer.has(server)) byServer.set(server, route);
    byServer.set(`${server}.${namespace}`, route);
    for (const { service, ...port } of services.flatMap(portsOf)) {
      const inside = `${service.name}.${service.namespace}:${port.port}`;
      const to = { workload, server, targetPort: port.targetPort };
      byService.set(inside, { ...to, host: undefined });
      if (port.nodePort !== undefined) {
        byNodePort.set(port.nodePort, { ...to, host: outsideHost(port, nodeAddress) });
      }
    }
  }
  return { byServer, byService, byNodePort };
}

type ServicePort = LocalService['ports'][number] & { service: LocalService };

const portsOf = (service: LocalService): ServicePort[] => service.ports.map((port) => ({ ...port, service }));

function mainPort(service: LocalService): ServicePort[] {
  const ports = portsOf(service);
  const named = ports.find(({ name }) => name === 'mcp') ?? ports.find(({ name }) => name === 'http');
  return [named ?? ports[0]].filter((port) => port !== undefined);
}

const outsideHost = ({ nodePort }: { nodePort?: number }, nodeAddress: string | undefined): string | undefined =>
  nodePort === undefined || nodeAddress === undefined ? undefined : `${nodeAddress}:${nodePort}`;

const insideHost = ({ service, port }: ServicePort): string =>
  `${service.name}.${service.namespace}.svc.cluster.local${port === 80 ? '' : `:${port}`}`;

/** `weather-mcp.ai-platform.svc.cluster.local:8080` → `weather-mcp.ai-platform:8080`; undefined for another kind of host. */
export function serviceOfHost(host: string): string | undefined {
  const found = /^([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc(?:\.cluster\.local)?)?\.?(?::(\d+))?$/i.exec(host);
  return found ? `${found[1]}.${found[2]}:${found[3] ?? '80'}`.toLowerCase() : undefined;
}

/** A name by which only programs of this machine reach 127.0.0.1: no page of the web can be served under it. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);
}

/** `/weather/mcp?x=1` → `weather` and `/mcp?x=1`. */
export function splitPath(path: string): { server: string; rest: string } {
  const [, server = '', rest = ''] = /^\/([^/?]*)(.*)$/s.exec(path) ?? [];
  return { server, rest: rest.startsWith('/') ? rest : `/${rest}` };
}
