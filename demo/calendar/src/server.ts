// Answers questions about dates: a small MCP server over HTTP, for both protocol eras.
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod/v4';

const date = z.iso.date().describe('A day: 2026-02-28');
const dayMilliseconds = 24 * 60 * 60 * 1000;

function buildServer(): McpServer {
  const server = new McpServer({ name: 'calendar', version: '1.0.0' });
  server.registerTool(
    'weekday',
    {
      description: 'Tell on which day of the week a date falls',
      inputSchema: z.object({ date }),
      annotations: { readOnlyHint: true },
    },
    ({ date: day }) => text(new Date(day).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })),
  );
  server.registerTool(
    'days_between',
    {
      description: 'Count the days from one date to another; negative where the second comes first',
      inputSchema: z.object({ from: date, to: date }),
      annotations: { readOnlyHint: true },
    },
    ({ from, to }) => text(`${(Date.parse(to) - Date.parse(from)) / dayMilliseconds} days`),
  );
  return server;
}

const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

const mcp = toNodeHandler(createMcpHandler(buildServer));
const http = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path === '/health') response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
  else if (path === '/mcp') void mcp(request, response);
  else response.writeHead(404).end();
});
http.listen(Number(process.env['PORT'] ?? 8080), '0.0.0.0');
process.once('SIGTERM', () => http.close(() => process.exit(0)));
