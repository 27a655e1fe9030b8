import { portNumber } from './server-ports.ts';
import { isMap } from './value-at.ts';

type Path = readonly (string | number)[];

/**
 * Node ports in the values of a Helm chart, which nobody can read without the chart: a number below a key that speaks
 * of node ports (`nodePort`, `httpNodePort`, `nodePorts.http`), unless the values switch it off.
 */
export function helmNodePorts(values: unknown): readonly { port: number; at: Path }[] {
  return portsBelow(values, [], false);
}

function portsBelow(value: unknown, at: Path, below: boolean): { port: number; at: Path }[] {
  // Charts are shallow; a hostile document is not.
  if (at.length > 24) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => portsBelow(item, [...at, index], below));
  if (!isMap(value)) {
    const port = below ? portNumber(value) : undefined;
    return port === undefined ? [] : [{ port, at }];
  }
  if (value['enabled'] === false) return [];
  const hidden = typeof value['type'] === 'string' && !/^(NodePort|LoadBalancer)$/i.test(value['type']);
  return Object.entries(value).flatMap(([key, inner]) => {
    const speaks = /node_?ports?$|^node_?port/i.test(key);
    return speaks && hidden ? [] : portsBelow(inner, [...at, key], below || speaks);
  });
}
