import { describe, expect, test } from 'vitest';
import { readPlatform } from '../platform/read-platform.ts';
import { judge } from '../proof/judge.ts';
import type { Exchange, Observation } from '../proof/types.ts';
import { mcpServers } from '../repository/mcp-servers.ts';
import { readRepository } from '../repository/read-repository.ts';
import type { Canary, McpServer } from '../repository/types.ts';
import { faults } from './faults.ts';
import { identifyFault, warningsOf } from './identify-fault.ts';
import type { Evidence, PodEvidence } from './types.ts';

const text = { 'content-type': 'text/plain; charset=utf-8', server: 'uvicorn' };
const json = { 'content-type': 'application/json' };
const rpc = '{"jsonrpc":"2.0","id":1,"result":{}}';
const canary: Canary = { tool: 'forecast', args: {}, mustMatch: 'degrees' };

const exchange = (request: string, answer: Partial<Exchange>): Exchange => ({ request, milliseconds: 3, ...answer });

/** The handshake as the prober tries it, each time with the same answer. */
const everyTime = (answer: Partial<Exchange>): Exchange[] =>
  ['server/discover', 'initialize'].map((method) => exchange(`POST /mcp ${method}`, answer));

function wire(exchanges: readonly Exchange[], more: Partial<Observation> = {}): Evidence {
  const observation: Observation = {
    endpoint: { url: 'http://10.20.0.40:31117/mcp' },
    exchanges,
    protocolVersions: [],
    ...(more.connected ? {} : { failure: { stage: 'connect', message: 'the handshake failed' } }),
    ...more,
  };
  return { observation, judgement: judge(observation, { canary }) };
}

function log(lines: string, pod: Partial<PodEvidence> = {}): Evidence {
  const refused = wire(everyTime({ error: 'ECONNREFUSED' }));
  return {
    ...refused,
    pod: { restarts: 3, ready: false, exitCode: 1, events: [], lastLogLines: lines.split('\n'), ...pod },
  };
}

const event = (...events: string[]): Evidence => log('', { events });

const connected = { transport: 'streamable-http', era: 'legacy', protocolVersion: '2025-11-25' } as const;
const tools = [{ name: 'forecast', inputSchema: { type: 'object' } }];

function called(result: { isError: boolean; text: string } | string): Evidence {
  const call = { tool: 'forecast', args: {}, milliseconds: 12 };
  return typeof result === 'string'
    ? wire([], {
        connected,
        tools,
        call: { ...call, error: result },
        failure: { stage: 'call', message: `forecast: ${result}` },
      })
    : wire([], { connected, tools, call: { ...call, result } });
}

const failed = (message: string): Evidence => called({ isError: true, text: message });

/** As recorded from real servers; each line is one way in which a fault shows. */
const cases: [fault: string, evidence: Evidence][] = [
  ['image-missing', event('Failed to pull image "ghcr.io/a/b:1": manifest unknown')],
  ['image-missing', log('', { reason: 'ImagePullBackOff' })],
  ['image-runtime', log('exec /usr/local/bin/python: exec format error')],
  ['memory-limit', log('', { reason: 'OOMKilled', exitCode: 137 })],
  ['memory-limit', log('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory')],
  ['secret-key-wrong', event("Error: couldn't find key API_KEY in Secret ai-platform/outline-mcp-secrets")],
  ['dangling-secret-ref', event('Error: secret "outline-mcp-secrets" not found')],
  ['nonroot-conflict', event('Error: container has runAsNonRoot and image will run as root')],
  ['cluster-capacity', event('0/3 nodes are available: 3 Insufficient memory.')],
  ['fastmcp-ctor-arg', log("TypeError: FastMCP.__init__() got an unexpected keyword argument 'stateless_http'")],
  ['fastmcp-wrong-api', log("AttributeError: 'FastMCP' object has no attribute 'get_app'. Did you mean: 'http_app'?")],
  ['fastmcp-wrong-api', log("ModuleNotFoundError: No module named 'mcp.server.fastmcp'. This is mcp 2.x")],
  ['fastmcp-lifespan-missing', wire(everyTime({ status: 500, headers: text, body: 'Internal Server Error' }))],
  [
    'fastmcp-lifespan-missing',
    log("RuntimeError: FastMCP's StreamableHTTPSessionManager task group was not initialized."),
  ],
  ['tool-called-as-function', failed("Error calling tool 'forecast': 'FunctionTool' object is not callable")],
  ['embedded-code-syntax', log('  File "/app/server.py", line 12\n    return f"x\nSyntaxError: unterminated string')],
  ['embedded-code-syntax', log('IndentationError: unexpected indent')],
  ['package-missing', log("ModuleNotFoundError: No module named 'httpx'")],
  ['package-missing', log("Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'zod' imported from /app/server.mjs")],
  ['package-unavailable', log('ERROR: No matching distribution found for fastmcp==9.9.9')],
  ['code-missing', log("python: can't open file '/app/server.py': [Errno 2] No such file or directory")],
  ['code-missing', log("Error: Cannot find module '/app/server.mjs'")],
  ['env-name-mismatch', log('  token = os.environ["OUTLINE_TOKEN"]\nKeyError: \'OUTLINE_TOKEN\'')],
  ['service-link-env', log("ValueError: invalid literal for int() with base 10: 'tcp://10.43.0.12:8080'")],
  ['args-unknown-flag', log('server.py: error: unrecognized arguments: --transport http')],
  ['host-allowlist', wire(everyTime({ status: 421, headers: text, body: 'Invalid Host header' }))],
  ['host-allowlist', wire(everyTime({ status: 403, headers: json, body: '{"error":{"message":"Invalid Host: x"}}' }))],
  ['host-allowlist', event('Readiness probe failed: HTTP probe failed with statuscode: 421')],
  ['gateway-auth', wire(everyTime({ status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }))],
  ['gateway-auth', wire(everyTime({ status: 302, headers: { location: 'https://sso.example.org/login?rd=x' } }))],
  ['token-wrong', wire([exchange('POST /mcp server/discover', { status: 401, headers: {}, body: '' })])],
  ['redirect-elsewhere', wire(everyTime({ status: 307, headers: { location: 'http://other.example.org/mcp' } }))],
  [
    'fastmcp-mount-path',
    wire([
      ...everyTime({ status: 404, headers: text, body: 'Not Found' }),
      exchange('POST /mcp/mcp initialize', { status: 200, headers: json, body: rpc }),
    ]),
  ],
  [
    'client-url-path',
    wire(
      [
        ...['server/discover', 'initialize'].map((method) => exchange(`POST / ${method}`, { status: 404 })),
        exchange('POST /mcp initialize', { status: 200, headers: json, body: rpc }),
      ],
      { endpoint: { url: 'http://10.20.0.40:31117/' } },
    ),
  ],
  [
    'client-transport-mismatch',
    wire([
      ...everyTime({ status: 404, headers: text, body: 'Not Found' }),
      exchange('POST /mcp/mcp initialize', { status: 404 }),
      exchange('GET /sse', { status: 200, headers: { 'content-type': 'text/event-stream' }, body: 'event: endpoint' }),
    ]),
  ],
  [
    'mcp-never-started',
    wire([
      ...everyTime({ status: 404, headers: text, body: 'Not Found' }),
      ...['/mcp/mcp', '/'].map((path) => exchange(`POST ${path} initialize`, { status: 404 })),
      exchange('GET /health', { status: 200 }),
    ]),
  ],
  [
    'mcp-never-started',
    {
      ...log('', { exitCode: 0 }),
      code: new Map([['server.py', 'mcp = FastMCP("weather")\n@mcp.tool\ndef a(): ...']]),
    },
  ],
  [
    'stdio-in-k8s',
    { ...log('', { exitCode: 0 }), code: new Map([['server.py', 'mcp = FastMCP("weather")\nmcp.run()']]) },
  ],
  ['tools-unstable', wire([], { connected, tools, unstableTools: ['forecast'] })],
  ['readonly-fs-write', failed("[Errno 30] Read-only file system: '/data/cache'")],
  ['missing-binary', failed('spawn kubectl ENOENT')],
  ['missing-binary', failed("[Errno 2] No such file or directory: 'git'")],
  [
    'tool-unknown',
    wire([], { connected, tools: [], call: { tool: 'forecast', args: {}, milliseconds: 1, error: 'x' } }),
  ],
  ['client-tool-args', called('Invalid params (JSON-RPC error -32602)')],
  ['client-tool-args', failed('1 validation error for call[forecast]\ncity\n  Missing required argument')],
  ['upstream-address-wrong', failed('[Errno -2] Name or service not known')],
  ['upstream-tls', failed('[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate')],
  ['upstream-unreachable', failed('All connection attempts failed')],
  ['upstream-auth', failed("Client error '401 Unauthorized' for url 'http://coroot.monitoring/api'")],
  ['upstream-api-misuse', failed("Client error '404 Not Found' for url 'http://coroot.monitoring/api/v9'")],
  [
    'stateless-http-missing',
    wire([exchange('POST /mcp tools/list', { status: 404, headers: json, body: '{"message":"Session not found"}' })], {
      connected,
      failure: { stage: 'list', message: 'Session not found (JSON-RPC error -32600, HTTP 404)' },
    }),
  ],
  ['answers-html', wire(everyTime({ status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html>' }))],
  ['answer-too-large', wire(everyTime({ status: 200, headers: json, error: 'TOO_LARGE' }))],
  [
    'stream-never-ends',
    wire(everyTime({ status: 200, headers: { 'content-type': 'text/event-stream' }, error: 'ETIMEDOUT' })),
  ],
  ['connection-closed', wire(everyTime({ status: 200, headers: json, body: '{"jso', error: 'ECONNRESET' }))],
  [
    'answer-invalid',
    wire(everyTime({ status: 200, headers: json, body: '{"status":"ok"}' }), {
      failure: { stage: 'connect', message: 'HTTP 200 (application/json) without a JSON-RPC answer' },
    }),
  ],
  ['backend-missing', wire(everyTime({ status: 503, headers: {}, body: '503 Service Temporarily Unavailable' }))],
  ['server-error', wire(everyTime({ status: 500, headers: json, body: '{"error":"no session store"}' }))],
  ['never-answers', wire([exchange('POST /mcp server/discover', { error: 'ETIMEDOUT' })])],
  ['client-host-missing', wire([exchange('POST /mcp server/discover', { error: 'ENOTFOUND' })])],
  ['tls-untrusted', wire([exchange('POST /mcp server/discover', { error: 'DEPTH_ZERO_SELF_SIGNED_CERT' })])],
  ['ingress-scheme-mismatch', wire([exchange('POST /mcp server/discover', { error: 'EPROTO' })])],
  ['stdio-in-k8s', log("Starting MCP server 'weather' with transport 'stdio'", { exitCode: 0 })],
  ['stdio-in-k8s', log('', { exitCode: 0, reason: 'Completed' })],
  [
    'stdio-in-k8s',
    {
      ...log("Starting MCP server 'weather' with transport 'stdio'", { exitCode: 0 }),
      ...wire(everyTime({ status: 503, headers: {}, body: 'weather is not ready' })),
    },
  ],
  ['bind-localhost', log('INFO:     Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)')],
  ['probe-path-unserved', event('Readiness probe failed: HTTP probe failed with statuscode: 404')],
  ['port-mismatch', { ...log('Uvicorn running on http://0.0.0.0:8000'), server: serverWith({ containerPort: 8080 }) }],
  ['tool-call-failed', failed('the almanac is closed')],
  ['tool-call-failed', called('the almanac is closed (JSON-RPC error -32603)')],
  ['tools-list-failed', wire([], { connected, failure: { stage: 'list', message: 'a tool has no name' } })],
  ['tool-error-in-text', called({ isError: false, text: 'HTTP 401: Unauthorized' })],
  ['canary-mismatch', called({ isError: false, text: 'no such city' })],
  ['old-code-served', oldPod()],
  [
    'contract-changed',
    {
      ...called({ isError: false, text: '7 degrees' }),
      judgement: {
        verdict: 'failed',
        assertion: 'content',
        contract: null,
        changes: [{ tool: 'forecast', change: 'removed', field: '', gravity: 'breaking' } as never],
      },
    },
  ],
  ['unreachable', wire(everyTime({ error: 'ECONNREFUSED' }))],
  ['unreachable', log('Ready.', { reason: 'CrashLoopBackOff' })],
  ['unreachable', wire([])],
];

describe('evidence and the name that it gets', () => {
  test.each(cases)('%s (%#)', (id, evidence) => {
    expect(identifyFault(evidence).id).toBe(id);
  });
  test('there is a case for every fault', () => {
    const tried = new Set(cases.map(([id]) => id));
    expect(faults.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  });
});

describe('a report', () => {
  test('names the server in its hint', () => {
    const { hint } = identifyFault({ ...log("ModuleNotFoundError: No module named 'httpx'"), server: serverWith({}) });
    expect(hint).toContain('berth new weather --update --requirement httpx');
  });
  test('puts no hostile package name into a command', () => {
    const { message, hint } = identifyFault(log("ModuleNotFoundError: No module named 'x; rm -rf ~'"));
    expect(`${message} ${hint}`).not.toContain('rm -rf');
  });
  test('says what was seen in one line, without control characters, and short', () => {
    const body = `\u001B[2Jred\r\n\u202Eevil ${'x'.repeat(10_000)}`;
    const { observed } = identifyFault(wire(everyTime({ status: 500, headers: json, body })));
    expect(observed).toMatch(/^POST \/mcp initialize → 500 \[2Jred evil x+$/);
    expect(observed.length).toBeLessThanOrEqual(300);
  });
  test('repeats no credential', () => {
    const { observed } = identifyFault(failed('sent Bearer abcdef123456 to http://me:secret@upstream/'));
    expect(observed).toBe('sent Bearer … to http://…@upstream/');
  });
});

test('from a bare URL only the wire speaks: a log that is not there names nothing', () => {
  const { pod: _, ...bare } = log("ModuleNotFoundError: No module named 'httpx'");
  expect(identifyFault(bare)).toMatchObject({ id: 'unreachable', observed: expect.stringContaining('ECONNREFUSED') });
});

test('an old line of the log does not outweigh a server that answers', () => {
  const evidence = { ...failed('the almanac is closed'), pod: log('SyntaxError: invalid syntax').pod as PodEvidence };
  expect(identifyFault(evidence).id).toBe('tool-call-failed');
});

describe('warnings', () => {
  const works = (more: Partial<Observation>, exchanges: readonly Exchange[] = []) =>
    warningsOf(wire(exchanges, { connected, tools, ...more })).map(({ id }) => id);

  test('none for what is well', () => {
    expect(works({}, [exchange('GET /health', { status: 200 })])).toEqual([]);
  });
  test.each<[string, string[]]>([
    ['redirect-mount', works({ connected: { ...connected, redirectedTo: '/mcp/' } })],
    ['health-swallowed', works({}, [exchange('GET /health', { status: 404 })])],
    ['slow', works({ call: { tool: 'a', args: {}, milliseconds: 6000, result: { isError: false, text: '' } } })],
    ['tool-name-collision', works({ tools: [...tools, ...tools] })],
  ])('%s', (id, found) => {
    expect(found).toEqual([id]);
  });
  test('sessions-with-replicas: a session, and nothing that keeps a client at its replica', () => {
    const evidence = wire([exchange('POST /mcp initialize', { status: 200, headers: { 'mcp-session-id': '***' } })], {
      connected,
      tools,
    });
    expect(warningsOf({ ...evidence, server: serverWith({ replicas: 2 }) }).map(({ id }) => id)).toEqual([
      'sessions-with-replicas',
    ]);
    expect(warningsOf({ ...evidence, server: serverWith({ replicas: 1 }) })).toEqual([]);
  });
});

function oldPod(): Evidence {
  const evidence = called({ isError: false, text: '7 degrees' });
  const pod = { restarts: 0, ready: true, codeHash: 'sha256:0ld', events: [], lastLogLines: [] };
  return { ...evidence, pod, server: serverWith({}) };
}

/** A server as the repository has it. */
function serverWith({ containerPort = 8080, replicas = 1 }: { containerPort?: number; replicas?: number }): McpServer {
  const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: weather-mcp, namespace: ai-platform }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: weather-mcp } }
  template:
    metadata:
      labels: { app: weather-mcp }
      annotations: { mcp-berth.dev/code-sha256: 'sha256:new' }
    spec:
      containers:
        - { name: mcp-server, image: 'python:3.11-slim', ports: [{ containerPort: ${containerPort} }] }
`;
  const platform = readPlatform(`apiVersion: mcp-berth.dev/v1
kind: Platform
clusters: { agentic: { mcpServers: allowed, paths: [.] } }
`);
  const [server] = mcpServers(readRepository(new Map([['weather-mcp.yaml', manifest]])), platform);
  if (!server) throw new Error('the manifest makes no server');
  return server;
}
