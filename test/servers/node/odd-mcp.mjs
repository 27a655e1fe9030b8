// MCP servers that answer the handshake and misbehave after it: `node odd-mcp.mjs BEHAVIOUR`.
// Written by hand: no library would let them.
import { createServer } from 'node:http';
import { forecast, port } from './forecast.mjs';

const tool = { name: 'forecast', inputSchema: { type: 'object', properties: { city: { type: 'string' } } } };
const text = (content, isError = false) => ({ content: [{ type: 'text', text: content }], isError });
let lists = 0;

const honest = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion: protocolVersion === '2026-07-28' ? '2025-11-25' : protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'weather', version: '1.0.0' },
  }),
  'tools/list': () => ({ tools: [tool] }),
  'tools/call': ({ arguments: { city } }) => text(forecast(city)),
};

const behaviours = {
  'fails-every-call': { 'tools/call': () => text('the almanac is closed', true) },
  'refuses-every-call': { 'tools/call': () => new Error('the almanac is closed') },
  'calls-a-failure-a-success': { 'tools/call': () => text('HTTP 401: Unauthorized') },
  'answers-with-nothing': { 'tools/call': () => ({ content: [] }) },
  'answers-something-else': { 'tools/call': () => text('no such city') },
  'cannot-list': { 'tools/list': () => new Error('the schema of forecast cannot be written') },
  'lists-others-each-time': { 'tools/list': () => ({ tools: [tool, { ...tool, name: `tool_${(lists += 1)}` }] }) },
  'describes-otherwise-each-time': {
    'tools/list': () => ({ tools: [{ ...tool, description: `Version ${(lists += 1)}` }] }),
  },
  'names-two-tools-alike': { 'tools/list': () => ({ tools: [tool, { ...tool, description: 'The same again' }] }) },
  'never-returns-from-a-call': { 'tools/call': () => undefined },
  'closes-in-mid-call': { 'tools/call': (_, response) => void response.destroy() },
  'answers-without-end': { 'tools/call': () => text('x'.repeat(80_000_000)) },
  'takes-its-time': {
    'tools/call': async ({ arguments: { city } }) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 5200);
      });
      return text(forecast(city));
    },
  },
  'forgets-its-sessions': { session: 'lost' },
};

const behaviour = behaviours[process.argv[2]];
const methods = { ...honest, ...behaviour };

createServer(async (request, response) => {
  if (request.url === '/health') return void response.end('{"status":"ok"}');
  if (request.url !== '/mcp') return void response.writeHead(404).end();
  if (request.method !== 'POST') return void response.writeHead(405, { allow: 'POST' }).end();
  let body = '';
  for await (const chunk of request) body += chunk;
  const { id, method, params = {} } = JSON.parse(body);
  const answer = (status, content, headers = {}) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ jsonrpc: '2.0', id: id ?? null, ...content }));

  if (id === undefined) return void response.writeHead(202).end();
  const isLost = behaviour.session === 'lost' && method !== 'initialize';
  if (isLost && request.headers['mcp-session-id'])
    return answer(404, { error: { code: -32_600, message: 'Session not found' } });
  const answerTo = methods[method];
  if (!answerTo)
    return answer(method === 'server/discover' ? 400 : 200, { error: { code: -32_601, message: 'Method not found' } });
  const result = await answerTo(params, response);
  if (result instanceof Error) return answer(200, { error: { code: -32_603, message: result.message } });
  if (result !== undefined) answer(200, { result }, behaviour.session ? { 'mcp-session-id': 'a' } : {});
}).listen(port, '0.0.0.0');
