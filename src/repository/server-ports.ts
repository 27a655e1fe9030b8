import type { Manifest, McpServer } from './types.ts';
import { listAt, textAt, valueAt } from './value-at.ts';
import type { Workload } from './workload.ts';

/** On which ports a server is reached: the Service's for its clients, the container's behind it. */
export function serverPorts(
  service: Manifest | undefined,
  { container }: Pick<Workload, 'container'>,
): Pick<McpServer, 'port' | 'targetPort' | 'nodePort' | 'exposure'> {
  const containerPorts = listAt(container, 'ports');
  const numberOf = (target: unknown): number | undefined => {
    if (typeof target === 'number') return target;
    const named = containerPorts.find((port) => textAt(port, 'name') === target);
    return portNumber(valueAt(named, 'containerPort'));
  };
  const ports = listAt(service?.value, 'spec', 'ports').map((port) => ({
    name: textAt(port, 'name') ?? '',
    port: portNumber(valueAt(port, 'port')),
    targetPort: numberOf(valueAt(port, 'targetPort') ?? valueAt(port, 'port')),
    nodePort: portNumber(valueAt(port, 'nodePort')),
  }));
  const ofContainer = containerPorts.map((port) => portNumber(valueAt(port, 'containerPort')));
  const chosen =
    ports.find(({ name }) => /(^|-)mcp(-|$)/.test(name)) ??
    ports.find(({ targetPort }) => targetPort !== undefined && targetPort === ofContainer[0]) ??
    ports[0];

  const type = textAt(service?.value, 'spec', 'type');
  const nodePort = chosen?.nodePort;
  const open = type === 'NodePort' || (type === 'LoadBalancer' && nodePort !== undefined);
  return {
    port: chosen?.port,
    targetPort: chosen?.targetPort ?? ofContainer[0],
    nodePort: open ? nodePort : undefined,
    exposure: open ? 'nodeport' : 'clusterip',
  };
}

/** A port that a manifest names; 0 and nonsense are none. */
export function portNumber(value: unknown): number | undefined {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value;
  return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}
