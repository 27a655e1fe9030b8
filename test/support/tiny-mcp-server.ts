/**
 * An MCP server without any package, as it would stand in a ConfigMap: on a hard-coded 8080, and what its one tool says
 * is read from a file below `/app`.
 */
export const tinyMcpServer = `
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
const greeting = readFileSync('/app/greeting.txt', 'utf8').trim();
const tools = [{ name: 'greet', inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } }];
const results = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'tiny', version: '1.0.0' },
  }),
  ping: () => ({}),
  'tools/list': () => ({ tools }),
  'tools/call': () => ({ content: [{ type: 'text', text: greeting }] }),
};
console.log('serving ' + greeting);
createServer((request, response) => {
  if (request.url === '/health') return response.end('ok');
  if (request.url !== '/mcp') return response.writeHead(404).end();
  if (request.method !== 'POST') return response.writeHead(405).end();
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    const { id, method, params = {} } = JSON.parse(body);
    if (id === undefined) return response.writeHead(202).end();
    const result = results[method];
    const error = { code: -32601, message: 'no method ' + method };
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ jsonrpc: '2.0', id, ...(result ? { result: result(params) } : { error }) }));
  });
}).listen(8080, '0.0.0.0');
`;

export interface ManifestOptions {
  greeting?: string;
  code?: string;
  /** More lines of the container, with its indentation. */
  container?: readonly string[];
  namespace?: string;
  nodePort?: number;
}

/** The manifests of a server by the ConfigMap pattern. */
export function serverManifests(
  name: string,
  { greeting = name, code = tinyMcpServer, container = [], namespace = 'ai-platform', nodePort }: ManifestOptions = {},
): string {
  const indented = code.trim().replaceAll('\n', '\n    ');
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}-mcp-code, namespace: ${namespace} }
data:
  greeting.txt: ${JSON.stringify(greeting)}
  server.cjs: |
    ${indented}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}-mcp
  namespace: ${namespace}
  annotations:
    mcp-berth.dev/canary: '{"tool":"greet","args":{},"mustMatch":"${name}"}'
spec:
  replicas: 1
  selector: { matchLabels: { app.kubernetes.io/name: ${name}-mcp } }
  template:
    metadata: { labels: { app.kubernetes.io/name: ${name}-mcp } }
    spec:
      terminationGracePeriodSeconds: 5
      containers:
        - name: mcp-server
          image: node:22-slim
          command: [node, /app/server.cjs, /app/greeting.txt]
          ports: [{ containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /health, port: 8080 }, periodSeconds: 1 }
          volumeMounts: [{ name: code, mountPath: /app }]
${container.map((line) => `          ${line}\n`).join('')}      volumes: [{ name: code, configMap: { name: ${name}-mcp-code } }]
---
apiVersion: v1
kind: Service
metadata: { name: ${name}-mcp, namespace: ${namespace} }
spec:
  type: ${nodePort === undefined ? 'ClusterIP' : 'NodePort'}
  selector: { app.kubernetes.io/name: ${name}-mcp }
  ports: [{ port: 8080, targetPort: 8080${nodePort === undefined ? '' : `, nodePort: ${nodePort}`} }]
`;
}
