// TypeScript SDK v2 on node:http: both eras at one endpoint, a bearer token where TOKEN is set.
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  McpServer,
  OAuthError,
  OAuthErrorCode,
  createMcpHandler,
  requireBearerAuth,
} from '@modelcontextprotocol/server';
import * as z from 'zod/v4';
import { forecast, port } from './forecast.mjs';

function weather() {
  const server = new McpServer({ name: 'weather', version: '1.0.0' });
  const inputSchema = z.object({ city: z.string() });
  const annotations = { readOnlyHint: true };
  server.registerTool(
    'forecast',
    { description: 'The temperature of a city', inputSchema, annotations },
    async ({ city }) => ({ content: [{ type: 'text', text: forecast(city) }] }),
  );
  return server;
}

const token = process.env.TOKEN;
const handler = createMcpHandler(weather);
const gate = requireBearerAuth({
  verifier: {
    async verifyAccessToken(given) {
      if (given !== token) throw new OAuthError(OAuthErrorCode.InvalidToken, 'bad token');
      return { token: given, clientId: 'static', scopes: [], expiresAt: Math.floor(Date.now() / 1000) + 3600 };
    },
  },
});
const mcp = toNodeHandler({
  async fetch(request, options) {
    if (token === undefined) return handler.fetch(request, options);
    const allowed = await gate(request);
    return allowed instanceof Response ? allowed : handler.fetch(request, { ...options, authInfo: allowed });
  },
});

createServer((request, response) => {
  if (request.url === '/health') response.end('{"status":"ok"}');
  else if (request.url === '/mcp') void mcp(request, response);
  else response.writeHead(404).end();
}).listen(port, '0.0.0.0');
