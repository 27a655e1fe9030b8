// What the tools of upstreams.py ask: `/status/N` answers with that status.
import { createServer } from 'node:http';
import { port } from './forecast.mjs';

createServer((request, response) => {
  response.writeHead(Number(/^\/status\/(\d{3})$/.exec(request.url)?.[1] ?? 200)).end('{}');
}).listen(port, '127.0.0.1');
