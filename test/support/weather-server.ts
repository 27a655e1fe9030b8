import { codeHash } from '../../src/repository/code-hash.ts';

/** A whole MCP server in one file of plain JavaScript, as a bundle would be: nothing is installed at its start. */
const program = (answer: string): string => `import { createServer } from 'node:http';

const tools = [
  {
    name: 'forecast',
    description: 'The weather of a city',
    inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    annotations: { readOnlyHint: true },
  },
];
const results = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion: protocolVersion === '2025-03-26' ? protocolVersion : '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 'weather', version: '1.0.0' },
  }),
  ping: () => ({}),
  'tools/list': () => ({ tools }),
  'tools/call': ({ arguments: { city } }) => ({ content: [{ type: 'text', text: ${answer} }] }),
};

createServer(async (request, response) => {
  if (request.url === '/health') return response.end('ok');
  if (request.url !== '/mcp') return response.writeHead(404).end();
  if (request.method !== 'POST') return response.writeHead(405).end();
  let body = '';
  for await (const chunk of request) body += chunk;
  const { id, method, params } = JSON.parse(body);
  if (id === undefined) return response.writeHead(202).end();
  const answer = results[method]
    ? { result: results[method](params ?? {}) }
    : { error: { code: -32601, message: 'Method not found' } };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
}).listen(8080, '0.0.0.0', () => console.log('weather is ready'));
`;

export interface WeatherChanges {
  name?: string;
  /** A JavaScript expression for the text of the answer; `city` is at hand. */
  answer?: string;
  nodePort?: number;
  image?: string;
}

/** The hand-written manifest of a TypeScript server. */
export function weatherManifest({
  name = 'weather',
  answer = "'temperature in ' + city + ': 21'",
  nodePort,
  image = 'node:22-slim',
}: WeatherChanges = {}): string {
  const code = program(answer);
  const labels = `app.kubernetes.io/name: ${name}-mcp, app.kubernetes.io/component: mcp-server`;
  const metadata = (suffix = ''): string =>
    `metadata:\n  name: ${name}-mcp${suffix}\n  namespace: ai-platform\n  labels: { ${labels} }\n`;
  return `apiVersion: v1
kind: ConfigMap
${metadata('-code')}data:
  server.mjs: |
${code.replaceAll(/^(?=.)/gm, '    ')}---
apiVersion: apps/v1
kind: Deployment
${metadata()}  annotations:
    mcp-berth.dev/description: Weather everywhere
    mcp-berth.dev/canary: '{"tool":"forecast","args":{"city":"Oslo"},"mustMatch":"temperature"}'
spec:
  replicas: 1
  selector:
    matchLabels: { app.kubernetes.io/name: ${name}-mcp }
  template:
    metadata:
      labels: { ${labels} }
      annotations:
        mcp-berth.dev/code-sha256: ${codeHash({ data: { 'server.mjs': code } })}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: mcp-server
          image: ${image}
          command: [node, /app/server.mjs]
          ports: [{ containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /health, port: 8080 }, periodSeconds: 1 }
          volumeMounts: [{ name: code, mountPath: /app }]
      volumes:
        - name: code
          configMap: { name: ${name}-mcp-code }
---
apiVersion: v1
kind: Service
${metadata()}spec:
  type: ${nodePort === undefined ? 'ClusterIP' : 'NodePort'}
  selector: { app.kubernetes.io/name: ${name}-mcp }
  ports:
    - port: 8080
      targetPort: 8080
${nodePort === undefined ? '' : `      nodePort: ${nodePort}\n`}`;
}
