import type { Manifest, McpServer } from '../../src/repository/types.ts';

/** A server as the repository model gives it, without a repository. */
export function fakeServer(changes: Partial<McpServer> = {}): McpServer {
  const name = changes.name ?? 'weather';
  const file = `servers/${name}-mcp.yaml`;
  return {
    name,
    namespace: 'ai-platform',
    file,
    workload: manifest('Deployment', `${name}-mcp`, file),
    service: manifest('Service', `${name}-mcp`, file),
    code: undefined,
    others: [],
    pattern: 'configmap',
    image: 'node:22-slim',
    transport: 'streamable-http',
    path: '/mcp',
    port: 8080,
    targetPort: 8080,
    nodePort: undefined,
    exposure: 'clusterip',
    healthPath: undefined,
    description: undefined,
    canary: undefined,
    package: undefined,
    secretKeys: new Map(),
    token: undefined,
    codeHash: undefined,
    problems: [],
    ...changes,
  };
}

function manifest(kind: string, name: string, file: string): Manifest {
  const document = {
    file,
    index: 0,
    text: '',
    range: [0, 0] as const,
    position: { file, line: 1, column: 1 },
    value: {},
    fieldAt: () => undefined,
    keyAt: () => undefined,
    fields: () => [],
  };
  return { ...document, apiVersion: 'v1', kind, name, namespace: 'ai-platform', document, value: {} };
}
