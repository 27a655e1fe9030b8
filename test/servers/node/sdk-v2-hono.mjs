// The hono adapter with its defaults, which check the Host header of every route.
import { serve } from '@hono/node-server';
import { createMcpHonoApp } from '@modelcontextprotocol/hono';
import { McpServer, createMcpHandler } from '@modelcontextprotocol/server';
import * as z from 'zod/v4';
import { forecast, port } from './forecast.mjs';

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'weather', version: '1.0.0' });
  server.registerTool('forecast', { inputSchema: z.object({ city: z.string() }) }, async ({ city }) => ({
    content: [{ type: 'text', text: forecast(city) }],
  }));
  return server;
});

const app = createMcpHonoApp();
app.get('/health', (context) => context.json({ status: 'ok' }));
app.all('/mcp', (context) => handler.fetch(context.req.raw, { parsedBody: context.get('parsedBody') }));
serve({ fetch: app.fetch, port, hostname: '0.0.0.0' });
