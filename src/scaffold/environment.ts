import type { NewServer } from './new-server.ts';
import { allSecretKeys } from './secret-object.ts';
import { serverNames } from './server-names.ts';

export interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { name: string; key: string } };
}

/** The server's variables: what it was asked for, its secrets, and where to listen unless that was said. */
export function environment(server: NewServer): Variable[] {
  const { name, env } = server;
  const plain = Object.entries({ ...defaults(server), ...env });
  const { secret } = serverNames(name);
  return [
    ...plain.map(([variable, value]) => ({ name: variable, value })),
    ...allSecretKeys(server).map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: secret, key } } })),
  ];
}

function defaults({ code, port, transport }: NewServer): Record<string, string> {
  if (code.pattern === 'image') {
    return { HOME: '/tmp', MCP_TRANSPORT: transport, MCP_HOST: '0.0.0.0', MCP_PORT: String(port) };
  }
  return { HOME: '/tmp', PORT: String(port), ...(code.install ? { PYTHONPATH: '/packages' } : {}) };
}
