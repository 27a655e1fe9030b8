// TypeScript SDK v1: streamable HTTP with sessions, without them (STATELESS=1), or HTTP+SSE (TRANSPORT=sse).
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import * as z from 'zod/v4';
import { forecast, port } from './forecast.mjs';

const sessions = new Map();

function weather() {
  const server = new McpServer({ name: 'weather', version: '1.0.0' });
  server.registerTool('forecast', { inputSchema: { city: z.string() } }, async ({ city }) => ({
    content: [{ type: 'text', text: forecast(city) }],
  }));
  return server;
}

async function streamableHttp(request, response) {
  const known = sessions.get(request.headers['mcp-session-id']);
  if (known) return known.handleRequest(request, response);
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: process.env.STATELESS === '1' ? undefined : randomUUID,
    onsessioninitialized: (id) => void sessions.set(id, transport),
  });
  await weather().connect(transport);
  return transport.handleRequest(request, response);
}

async function sse(request, response, url) {
  if (request.method === 'POST')
    return sessions.get(url.searchParams.get('sessionId')).handlePostMessage(request, response);
  const transport = new SSEServerTransport('/messages', response);
  sessions.set(transport.sessionId, transport);
  return weather().connect(transport);
}

createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const isSse = process.env.TRANSPORT === 'sse';
  if (url.pathname === '/health') response.end('{"status":"ok"}');
  else if (!isSse && url.pathname === '/mcp') void streamableHttp(request, response);
  else if (
    isSse &&
    request.method === (url.pathname === '/sse' ? 'GET' : 'POST') &&
    ['/sse', '/messages'].includes(url.pathname)
  )
    void sse(request, response, url);
  else response.writeHead(404).end();
}).listen(port, '0.0.0.0');
