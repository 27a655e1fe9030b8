import { isMap, listAt, mapAt, textAt, valueAt } from '../repository/value-at.ts';
import { type LocalObjects, namespaceOf } from './local-objects.ts';
import { namedPorts } from './plan-container.ts';
import type { LocalService } from './types.ts';

/** The Services that select a workload's pods, with the ports that they lead to. */
export function localServices(workload: unknown, objects: LocalObjects): readonly LocalService[] {
  const namespace = namespaceOf(workload);
  const labels = mapAt(workload, 'spec', 'template', 'metadata', 'labels');
  const named = listAt(workload, 'spec', 'template', 'spec', 'containers').flatMap((one) => [...namedPorts(one)]);
  const ports = new Map(named);
  return objects.ofKind('Service').flatMap((service) => {
    const selector = Object.entries(mapAt(service, 'spec', 'selector'));
    const selects = selector.length > 0 && selector.every(([key, value]) => labels[key] === value);
    if (!selects || namespaceOf(service) !== namespace) return [];
    return [
      {
        namespace,
        name: textAt(service, 'metadata', 'name') ?? '',
        ports: listAt(service, 'spec', 'ports').flatMap((port) => portOf(port, ports)),
      },
    ];
  });
}

function portOf(written: unknown, named: ReadonlyMap<string, number>): LocalService['ports'] {
  const port = valueAt(written, 'port');
  const protocol = textAt(written, 'protocol') ?? 'TCP';
  if (!isMap(written) || typeof port !== 'number' || protocol !== 'TCP') return [];
  const target = valueAt(written, 'targetPort') ?? port;
  const targetPort = typeof target === 'number' ? target : named.get(textAt(written, 'targetPort') ?? '');
  if (targetPort === undefined) return [];
  const name = textAt(written, 'name');
  const nodePort = valueAt(written, 'nodePort');
  return [
    {
      ...(name === undefined ? {} : { name }),
      port,
      targetPort,
      ...(typeof nodePort === 'number' ? { nodePort } : {}),
    },
  ];
}
