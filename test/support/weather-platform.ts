import type { Cluster, ObservedWorkload } from '../../src/effects/cluster/cluster.ts';
import { printLock } from '../../src/lock/print-lock.ts';
import { withServer } from '../../src/lock/with-server.ts';
import { contractOf } from '../../src/proof/contract-of.ts';
import type { Contract } from '../../src/proof/types.ts';
import { jsonRpc, legacyAnswers, serveHttp } from './mcp-http-server.ts';

export const url = 'http://weather-mcp.ai-platform.svc.cluster.local:8080/mcp';
export const ping = {
  name: 'ping',
  inputSchema: { type: 'object', properties: {} },
  annotations: { readOnlyHint: true },
};
export const contract = contractOf({ tools: [ping] });

const canary = '{"tool":"ping","mustMatch":"pong"}';

export const weatherManifest = (template = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: weather-mcp
  namespace: ai-platform
  labels: { app.kubernetes.io/name: weather-mcp, app.kubernetes.io/component: mcp-server }
  annotations:
    mcp-berth.dev/token: weather-mcp-secrets/TOKEN
    mcp-berth.dev/canary: '${canary}'
spec:
  selector: { matchLabels: { app.kubernetes.io/name: weather-mcp } }
  template:
    metadata:
      labels: { app.kubernetes.io/name: weather-mcp, app.kubernetes.io/component: mcp-server }
      annotations: { ${template} }
    spec:
      containers:
        - name: mcp-server
          image: node:22-slim
          ports: [{ containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /health, port: 8080 } }
---
apiVersion: v1
kind: Service
metadata: { name: weather-mcp, namespace: ai-platform }
spec:
  selector: { app.kubernetes.io/name: weather-mcp }
  ports: [{ port: 8080, targetPort: 8080 }]
`;
const platform = `apiVersion: mcp-berth.dev/v1
kind: Platform
clusters:
  here: { kind: local, paths: [kubernetes] }
`;
export const weatherFile = 'kubernetes/applications/mcp-servers/weather-mcp.yaml';
const kustomizationFile = 'kubernetes/applications/mcp-servers/kustomization.yaml';

/** A cluster with one server, which it reaches at a port of this machine. */
export function weatherCluster(
  port: number,
  { token = 'right-and-secret', codeHash }: { token?: string; codeHash?: string } = {},
): Cluster {
  const pod = {
    name: 'weather-mcp-1',
    phase: 'Running' as const,
    ready: true,
    terminating: false,
    image: 'node:22-slim',
    templateHash: 't',
    containers: [],
    events: [],
    lastLogLines: [],
    ...(codeHash === undefined ? {} : { codeHash }),
  };
  const observed = {
    replicas: 1,
    updated: 1,
    available: 1,
    complete: true,
    image: 'node:22-slim',
    templateHash: 't',
    pods: [pod],
  };
  const cluster: Partial<Cluster> = {
    name: 'here',
    kind: 'local',
    outsideUrl: () => undefined,
    route: async () => ({ host: '127.0.0.1', port, close: async () => undefined }),
    observe: async (ref): Promise<ObservedWorkload> => ({ ref, ...observed }),
    secretValue: async (_, secret, key) =>
      `${secret}/${key}` === 'weather-mcp-secrets/TOKEN' && token !== '' ? token : undefined,
  };
  return cluster as Cluster;
}

/** The lock with the server's contract, and two clients that have one URL. */
export const weatherLock = (locked: Contract): string =>
  printLock(
    withServer({ version: 1, servers: {} }, 'weather', {
      cluster: 'here',
      revision: 'a'.repeat(40),
      image: 'node:22-slim',
      codeHash: null,
      contract: locked,
      ports: { service: 8080, nodePort: null },
      secretKeys: {},
      clients: { '.mcp.json': url, 'agents.json': url },
      protocolVersions: [],
    }),
  );

export const weatherFiles = {
  'berth.yaml': platform,
  [weatherFile]: weatherManifest(),
  [kustomizationFile]: 'resources: [weather-mcp.yaml]\n',
};

/** The server itself: it asks for its token and for the Host of its Service. */
export async function serveWeather(): Promise<{ port: number }> {
  const rpc = jsonRpc(legacyAnswers());
  return serveHttp((request, response) => {
    const { authorization, host } = request.headers;
    if (request.url === '/health') response.end('ok');
    else if (authorization !== 'Bearer right-and-secret') response.writeHead(401).end();
    else if (host !== new URL(url).host) response.writeHead(421).end('Invalid Host header');
    else rpc(request, response);
  });
}
