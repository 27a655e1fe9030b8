/** A TypeScript server with one tool: both protocol eras, /health, a token where one is set, a graceful stop. */
export function typescriptTemplate(name: string, tokenKey: string | undefined) {
  return {
    '.gitignore': 'node_modules/\n',
    'package.json': `${JSON.stringify(packageJson(name), null, 2)}\n`,
    'tsconfig.json': `${JSON.stringify(tsconfig, null, 2)}\n`,
    'server.ts': program(name, tokenKey),
  };
}

// Versions that were tried together with this template.
const packageJson = (name: string) => ({
  name: `${name}-mcp`,
  private: true,
  type: 'module',
  dependencies: {
    '@modelcontextprotocol/node': '2.1.2',
    '@modelcontextprotocol/server': '2.4.0',
    zod: '4.6.7',
  },
  devDependencies: { '@types/node': '22.20.5', typescript: '5.9.3' },
});

const tsconfig = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  },
};

const program = (
  name: string,
  tokenKey: string | undefined,
): string => `// MCP server ${name}: berth bundles this file and what it imports into the ConfigMap.
import { createServer } from 'node:http';
${tokenKey === undefined ? '' : "import { createHash, timingSafeEqual } from 'node:crypto';\n"}import { toNodeHandler } from '@modelcontextprotocol/node';
import { ${imports(tokenKey)} } from '@modelcontextprotocol/server';
import * as z from 'zod/v4';

function buildServer(): McpServer {
  const server = new McpServer({ name: '${name}', version: '1.0.0' });
  server.registerTool(
    'greet',
    {
      description: 'Greet somebody by name',
      inputSchema: z.object({ name: z.string() }),
      annotations: { readOnlyHint: true },
    },
    async ({ name }) => ({ content: [{ type: 'text', text: \`Hello, \${name}!\` }] }),
  );
  return server;
}

// A server for each request: any replica can answer any request, and a restart loses no session.
const handler = createMcpHandler(buildServer, { onerror: (error) => console.error(error.message) });
const allowedHosts = (process.env.ALLOWED_HOSTS ?? '').split(',').filter(Boolean);
${tokenKey === undefined ? '' : tokenCheck(tokenKey)}
const mcp = toNodeHandler({
  async fetch(request, options) {
    const refused = allowedHosts.length > 0 && hostHeaderValidationResponse(request, allowedHosts);
    if (refused) return refused;
${tokenKey === undefined ? '    return handler.fetch(request, options);' : tokenUse}
  },
});

const http = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/health') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
  } else if (pathname === '/mcp') void mcp(request, response);
  else response.writeHead(404).end();
});
http.listen(Number(process.env.PORT ?? 8080), '0.0.0.0');

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, async () => {
    await handler.close();
    http.close(() => process.exit(0));
    // Connections that stay open do not hold up a rolling update.
    setTimeout(() => process.exit(0), 5000).unref();
  });
}
`;

const imports = (tokenKey: string | undefined): string =>
  [
    'McpServer',
    ...(tokenKey === undefined ? [] : ['OAuthError', 'OAuthErrorCode']),
    'createMcpHandler',
    'hostHeaderValidationResponse',
    ...(tokenKey === undefined ? [] : ['requireBearerAuth']),
  ].join(', ');

const tokenCheck = (key: string): string => `
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const token = process.env.${key};
if (!token) throw new Error('${key} is not set: clients would not be asked for a token');
const checkToken = requireBearerAuth({
  verifier: {
    async verifyAccessToken(given) {
      if (!timingSafeEqual(digest(given), digest(token))) {
        throw new OAuthError(OAuthErrorCode.InvalidToken, 'this token is not known');
      }
      return { token: given, clientId: 'berth', scopes: [], expiresAt: Math.floor(Date.now() / 1000) + 3600 };
    },
  },
});
`;

const tokenUse = `    const authInfo = await checkToken(request);
    if (authInfo instanceof Response) return authInfo;
    return handler.fetch(request, { ...options, authInfo });`;
