// Web servers that are no MCP server, each in its own way: `node no-mcp.mjs BEHAVIOUR`.
import { createServer } from 'node:http';
import { port } from './forecast.mjs';

const json = { 'content-type': 'application/json' };

const behaviours = {
  'never-answers': () => {},
  'answers-html': (_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end('<!doctype html><title>Dashboard</title>'),
  'streams-for-ever': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    setInterval(() => response.write(': still here\n\n'), 50).unref();
  },
  'breaks-off-its-json': (_, response) => response.writeHead(200, json).end('{"jsonrpc":"2.0","id":0,"result":{"prot'),
  'says-something-else': (_, response) => response.writeHead(200, json).end('{"status":"ok"}'),
  'closes-in-mid-answer': (_, response) => {
    response.writeHead(200, { ...json, 'content-length': '5000' }).write('{"jsonrpc":"2.0",');
    setTimeout(() => response.destroy(), 50);
  },
  'sends-without-end': (_, response) => {
    response.writeHead(200, json).write('{"jsonrpc":"2.0","id":0,"result":{"text":"');
    const more = () => {
      while (response.write('x'.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  },
  'sends-elsewhere': (request, response) =>
    response.writeHead(307, { location: `http://other.example.org${request.url}` }).end(),
  'asks-for-a-login': (_, response) => response.writeHead(302, { location: '/login?next=%2Fmcp' }).end('Found'),
  'asks-for-a-password': (_, response) =>
    response
      .writeHead(401, { server: 'nginx', 'www-authenticate': 'Basic realm="restricted"' })
      .end('401 Authorization Required'),
  'has-no-backend': (_, response) =>
    response.writeHead(503, { server: 'nginx' }).end('503 Service Temporarily Unavailable'),
  'throws-before-it-reads': (_, response) => response.writeHead(500, json).end('{"error":"no session store"}'),
  'crashes-while-it-answers': () => process.exit(1),
};

const behave = behaviours[process.argv[2]];
createServer(behave).listen(port, '0.0.0.0');
