import type { Canary } from '../../src/repository/types.ts';
import type { PythonEnvironment } from './install-packages.ts';
import type { TestServer } from './start-server.ts';

/** A server that is never proven, how its client comes to it, and the fault's name as far as the evidence goes. */
export interface BrokenServer {
  server: TestServer;
  /** What the wire alone says: all that is known of a bare URL. */
  wire: string;
  /** What is known once the log is read too; the same where this is left out. */
  log?: string;
  path?: string;
  /** The host of the client's URL, where it is not this machine. */
  host?: string;
  headers?: Readonly<Record<string, string>>;
  canary?: Partial<Canary>;
  /** Not by the loopback address, but by one as a pod has it. */
  fromOutside?: true;
  upstream?: true;
  timeoutMilliseconds?: number;
}

const python = (file: string, ...args: string[]): TestServer => ({
  file: `python/${file}.py`,
  packages: 'fastmcp-4',
  args,
});
const ends = (behaviour: string): TestServer => ({ ...python('ends_at_once', behaviour), until: 'end' });
const web = (behaviour: string): TestServer => ({ file: 'node/no-mcp.mjs', args: [behaviour] });
const odd = (behaviour: string): TestServer => ({ file: 'node/odd-mcp.mjs', args: [behaviour] });
const packages = (server: TestServer, name: PythonEnvironment): TestServer => ({ ...server, packages: name });
const host = 'weather-mcp.ai-platform.svc:8080';
const upstream = (tool: string): Pick<BrokenServer, 'server' | 'canary' | 'upstream'> => ({
  server: python('upstreams'),
  canary: { tool, args: {} },
  upstream: true,
});
const short = { timeoutMilliseconds: 4000 };

export const brokenServers: Readonly<Record<string, BrokenServer>> = {
  // Wired wrongly.
  'no lifespan': { server: python('mounted_wrongly', 'without_lifespan'), wire: 'fastmcp-lifespan-missing' },
  'no lifespan, FastMCP 3': {
    server: packages(python('mounted_wrongly', 'without_lifespan'), 'fastmcp-3'),
    wire: 'fastmcp-lifespan-missing',
  },
  'no lifespan, FastMCP 2': {
    server: packages(python('mounted_wrongly', 'without_lifespan'), 'fastmcp-2'),
    wire: 'fastmcp-lifespan-missing',
  },
  'the path twice': { server: python('mounted_wrongly', 'path_twice'), wire: 'fastmcp-mount-path' },
  'MCP is never mounted': { server: python('mounted_wrongly', 'never'), wire: 'mcp-never-started' },
  'the URL has no path': { server: python('starlette_pattern'), path: '/', wire: 'client-url-path' },
  'the URL has the path twice': { server: { file: 'node/sdk-v2.mjs' }, path: '/mcp/mcp', wire: 'client-url-path' },
  'HTTP+SSE behind a URL for streamable HTTP': {
    server: { ...python('custom_route'), env: { TRANSPORT: 'sse' } },
    wire: 'client-transport-mismatch',
  },
  // Who may come in.
  'FastMCP knows other hosts': { server: python('mounted_wrongly', 'with_strict_hosts'), host, wire: 'host-allowlist' },
  'the official SDK knows localhost only': {
    server: { ...packages(python('official_sdk'), 'mcp-2'), env: { LISTEN_FOR: '127.0.0.1' } },
    host,
    wire: 'host-allowlist',
  },
  'hono knows localhost only': { server: { file: 'node/sdk-v2-hono.mjs' }, host, wire: 'host-allowlist' },
  'no token': { server: { file: 'node/sdk-v2.mjs', env: { TOKEN: 'right' } }, wire: 'token-wrong' },
  'a wrong token': {
    server: { ...python('custom_route'), env: { TOKEN: 'right' } },
    headers: { Authorization: 'Bearer wrong-token' },
    wire: 'token-wrong',
  },
  'a password of the gateway': { server: web('asks-for-a-password'), wire: 'gateway-auth' },
  'a login page': { server: web('asks-for-a-login'), wire: 'gateway-auth' },
  'a redirect to another host': { server: web('sends-elsewhere'), wire: 'redirect-elsewhere' },
  // Ended before it served.
  'get_app()': { server: ends('asks_for_get_app'), wire: 'unreachable', log: 'fastmcp-wrong-api' },
  'an import of mcp 1.x': {
    server: { file: 'python/old_official_import.py', packages: 'mcp-2', until: 'end' },
    wire: 'unreachable',
    log: 'fastmcp-wrong-api',
  },
  'an old argument of the constructor': {
    server: ends('gives_constructor_an_old_argument'),
    wire: 'unreachable',
    log: 'fastmcp-ctor-arg',
  },
  stdio: { server: ends('runs_on_stdio'), wire: 'unreachable', log: 'stdio-in-k8s' },
  'a package of Python is missing': {
    server: ends('imports_what_is_not_installed'),
    wire: 'unreachable',
    log: 'package-missing',
  },
  'a package of Node is missing': {
    server: { file: 'node/ends-at-once.mjs', args: ['imports-what-is-not-installed'], until: 'end' },
    wire: 'unreachable',
    log: 'package-missing',
  },
  'a variable is not set': { server: ends('reads_what_is_not_set'), wire: 'unreachable', log: 'env-name-mismatch' },
  'a Service link for a port': {
    server: { ...ends('gives_a_service_link_as_port'), env: { WEATHER_PORT: 'tcp://10.43.0.12:8080' } },
    wire: 'unreachable',
    log: 'service-link-env',
  },
  'an unknown flag': { server: ends('knows_no_such_flag'), wire: 'unreachable', log: 'args-unknown-flag' },
  'code that does not parse': {
    server: { ...python('does_not_parse'), until: 'end' },
    wire: 'unreachable',
    log: 'embedded-code-syntax',
  },
  'too little memory': {
    server: {
      file: 'node/ends-at-once.mjs',
      args: ['needs-more-memory'],
      nodeFlags: ['--max-old-space-size=24'],
      until: 'end',
    },
    wire: 'unreachable',
    log: 'memory-limit',
  },
  // Runs, and is not heard.
  'listens on the loopback address': {
    server: { ...python('listens_on_loopback') },
    fromOutside: true,
    wire: 'unreachable',
    log: 'bind-localhost',
  },
  'the process ends at the first request': { server: web('crashes-while-it-answers'), wire: 'connection-closed' },
  // Answers that are none.
  'never answers': { server: web('never-answers'), wire: 'never-answers', ...short },
  'a web page': { server: web('answers-html'), wire: 'answers-html' },
  'a stream without end': { server: web('streams-for-ever'), wire: 'stream-never-ends', ...short },
  'half of its JSON': { server: web('breaks-off-its-json'), wire: 'answer-invalid' },
  'another service': { server: web('says-something-else'), wire: 'answer-invalid' },
  'closes in the middle of an answer': { server: web('closes-in-mid-answer'), wire: 'connection-closed' },
  'an answer without end': { server: web('sends-without-end'), wire: 'answer-too-large' },
  'a gateway without a server': { server: web('has-no-backend'), wire: 'backend-missing' },
  'an error for everything': { server: web('throws-before-it-reads'), wire: 'server-error' },
  // The handshake is well.
  'cannot list': { server: odd('cannot-list'), wire: 'tools-list-failed' },
  'every call fails': { server: odd('fails-every-call'), wire: 'tool-call-failed' },
  'every call is refused': { server: odd('refuses-every-call'), wire: 'tool-call-failed' },
  'a success that says HTTP 401': { server: odd('calls-a-failure-a-success'), wire: 'tool-error-in-text' },
  'an answer with nothing in it': { server: odd('answers-with-nothing'), wire: 'canary-mismatch' },
  'an answer about something else': { server: odd('answers-something-else'), wire: 'canary-mismatch' },
  'other tools each time': { server: odd('lists-others-each-time'), wire: 'tools-unstable' },
  'another description each time': { server: odd('describes-otherwise-each-time'), wire: 'tools-unstable' },
  'a call never returns': { server: odd('never-returns-from-a-call'), wire: 'never-answers', ...short },
  'closes in the middle of a call': { server: odd('closes-in-mid-call'), wire: 'connection-closed' },
  'a call without end': { server: odd('answers-without-end'), wire: 'answer-too-large' },
  'sessions are lost': { server: odd('forgets-its-sessions'), wire: 'stateless-http-missing' },
  'a tool that is not there': {
    server: { file: 'node/sdk-v2.mjs' },
    canary: { tool: 'forecasts' },
    wire: 'tool-unknown',
  },
  'arguments that do not fit': {
    server: { file: 'node/sdk-v2.mjs' },
    canary: { args: { town: 'Oslo' } },
    wire: 'client-tool-args',
  },
  'a tool that calls a tool, FastMCP 2': {
    server: packages(python('tool_calls_tool'), 'fastmcp-2'),
    wire: 'tool-called-as-function',
  },
  // The upstream is to blame, or the image.
  'the upstream has no address': { ...upstream('name_unknown'), wire: 'upstream-address-wrong' },
  'the upstream listens elsewhere': { ...upstream('port_closed'), wire: 'upstream-unreachable' },
  'the upstream speaks http': { ...upstream('scheme_wrong'), wire: 'upstream-tls' },
  'the upstream refuses the credential': { ...upstream('credential_refused'), wire: 'upstream-auth' },
  'the upstream has no such path': { ...upstream('path_unknown'), wire: 'upstream-api-misuse' },
  'an error of the upstream as a text': { ...upstream('caught_and_returned'), wire: 'tool-error-in-text' },
  'a program is missing': { ...upstream('program_missing'), wire: 'missing-binary' },
  'a tool that raises': {
    ...upstream('raises'),
    canary: { tool: 'raises', args: { city: 'Oslo' } },
    wire: 'tool-call-failed',
  },
};
