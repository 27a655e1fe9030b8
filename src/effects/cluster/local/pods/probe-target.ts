/** What a probe speaks to: a pod's made-up address, and where its ports are in truth. */
export interface ProbeTarget {
  address: string;
  /** Port of the container → port on 127.0.0.1. */
  ports: ReadonlyMap<number, number>;
}

/** As Go's dialer puts it, with the address that the pod would have. */
export function dialError(address: string, port: number, code: string | undefined): string {
  const why = code === 'ECONNREFUSED' ? 'connect: connection refused' : code === 'ETIMEDOUT' ? 'i/o timeout' : code;
  return `dial tcp ${address}:${port}: ${why ?? 'connect: no route to host'}`;
}
