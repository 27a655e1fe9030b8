import { isMap, listAt, textAt, valueAt } from '../repository/value-at.ts';
import type { Probe } from './types.ts';

/** A probe with the defaults of Kubernetes; `portOf` knows a container's ports by name. */
export function readProbe(
  probe: unknown,
  portOf: (port: unknown) => number | undefined,
  problem: (message: string) => void,
): Probe | undefined {
  if (!isMap(probe)) return undefined;
  const action = actionOf(probe, portOf);
  if (typeof action === 'string') {
    problem(action);
    return undefined;
  }
  const number = (key: string, otherwise: number): number => {
    const value = probe[key];
    return typeof value === 'number' && value > 0 ? value : otherwise;
  };
  return {
    action,
    initialDelaySeconds: number('initialDelaySeconds', 0),
    periodSeconds: number('periodSeconds', 10),
    timeoutSeconds: number('timeoutSeconds', 1),
    successThreshold: number('successThreshold', 1),
    failureThreshold: number('failureThreshold', 3),
  };
}

function actionOf(probe: unknown, portOf: (port: unknown) => number | undefined): Probe['action'] | string {
  const http = valueAt(probe, 'httpGet');
  const tcp = valueAt(probe, 'tcpSocket');
  const command = listAt(probe, 'exec', 'command');
  if (command.length > 0) return { kind: 'exec', command: command.map(String) };
  const asked = valueAt(http ?? tcp, 'port');
  const port = portOf(asked);
  if (isMap(http)) {
    if (port === undefined) return noPort(asked);
    const headers = listAt(http, 'httpHeaders').flatMap((header) => {
      const name = textAt(header, 'name');
      return name === undefined ? [] : [[name, textAt(header, 'value') ?? ''] as const];
    });
    return {
      kind: 'http',
      path: textAt(http, 'path') ?? '/',
      port,
      scheme: textAt(http, 'scheme')?.toUpperCase() === 'HTTPS' ? 'HTTPS' : 'HTTP',
      headers: Object.fromEntries(headers),
    };
  }
  if (isMap(tcp)) return port === undefined ? noPort(asked) : { kind: 'tcp', port };
  return isMap(valueAt(probe, 'grpc'))
    ? 'a gRPC probe cannot be run on this machine'
    : 'a probe says neither httpGet, tcpSocket nor exec';
}

function noPort(asked: unknown): string {
  return `a probe asks port ${JSON.stringify(asked)}, and the container has none of that name`;
}
