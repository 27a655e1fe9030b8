import type { PythonEnvironment } from './install-packages.ts';
import type { TestServer } from './start-server.ts';

/** A server that is proven, what it speaks, and what a proof says beside that. */
export interface GoodServer {
  server: TestServer;
  path?: string;
  headers?: Readonly<Record<string, string>>;
  speaks: { transport: 'streamable-http' | 'sse'; era: 'modern' | 'legacy' };
  warnings?: readonly string[];
}

const modern = { transport: 'streamable-http', era: 'modern' } as const;
const legacy = { transport: 'streamable-http', era: 'legacy' } as const;
const sse = { transport: 'sse', era: 'legacy' } as const;
const headers = { Authorization: 'Bearer a-token-of-the-tests' };
const env = { TOKEN: 'a-token-of-the-tests' };
const python = (file: string, packages: PythonEnvironment, more: Partial<TestServer> = {}): TestServer => ({
  file: `python/${file}.py`,
  packages,
  ...more,
});

export const goodServers: Readonly<Record<string, GoodServer>> = {
  'TypeScript SDK v2': { server: { file: 'node/sdk-v2.mjs' }, speaks: modern },
  'TypeScript SDK v2 with a token': { server: { file: 'node/sdk-v2.mjs', env }, headers, speaks: modern },
  'TypeScript SDK v2 with hono': { server: { file: 'node/sdk-v2-hono.mjs' }, speaks: modern },
  'TypeScript SDK v1 with sessions': { server: { file: 'node/sdk-v1.mjs' }, speaks: legacy },
  'TypeScript SDK v1 without sessions': {
    server: { file: 'node/sdk-v1.mjs', env: { STATELESS: '1' } },
    speaks: legacy,
  },
  'TypeScript SDK v1 with HTTP+SSE': {
    server: { file: 'node/sdk-v1.mjs', env: { TRANSPORT: 'sse' } },
    path: '/sse',
    speaks: sse,
  },
  'npm fastmcp with sessions': { server: { file: 'node/npm-fastmcp.mjs' }, speaks: legacy },
  'npm fastmcp without sessions': { server: { file: 'node/npm-fastmcp.mjs', env: { STATELESS: '1' } }, speaks: legacy },
  'FastMCP 4 in a Starlette app': { server: python('starlette_pattern', 'fastmcp-4'), speaks: modern },
  'FastMCP 4 without sessions': {
    server: python('starlette_pattern', 'fastmcp-4', { env: { STATELESS: '1' } }),
    speaks: modern,
  },
  'FastMCP 4 with a token': { server: python('custom_route', 'fastmcp-4', { env }), headers, speaks: modern },
  'FastMCP 4 with HTTP+SSE': {
    server: python('custom_route', 'fastmcp-4', { env: { TRANSPORT: 'sse' } }),
    path: '/sse',
    speaks: sse,
  },
  'FastMCP 3 in a Starlette app': { server: python('starlette_pattern', 'fastmcp-3'), speaks: legacy },
  'FastMCP 3 with a tool that calls a tool': { server: python('tool_calls_tool', 'fastmcp-3'), speaks: legacy },
  'FastMCP 2 in a Starlette app': { server: python('starlette_pattern', 'fastmcp-2'), speaks: legacy },
  'FastMCP 2 alone': { server: python('custom_route', 'fastmcp-2'), speaks: legacy },
  'official Python SDK with sessions': { server: python('official_sdk', 'mcp-2'), speaks: modern },
  'official Python SDK without sessions': {
    server: python('official_sdk', 'mcp-2', { env: { STATELESS: '1' } }),
    speaks: modern,
  },
  'an app below its path, which redirects': {
    server: python('mounted_wrongly', 'fastmcp-4', { args: ['below_its_path'] }),
    speaks: modern,
    warnings: ['redirect-mount'],
  },
  'an app before the health route': {
    server: python('mounted_wrongly', 'fastmcp-4', { args: ['before_other_routes'] }),
    speaks: modern,
    warnings: ['health-swallowed'],
  },
  'two tools of one name': {
    server: { file: 'node/odd-mcp.mjs', args: ['names-two-tools-alike'] },
    speaks: legacy,
    warnings: ['tool-name-collision'],
  },
  'a tool that takes its time': {
    server: { file: 'node/odd-mcp.mjs', args: ['takes-its-time'] },
    speaks: legacy,
    warnings: ['slow'],
  },
};
