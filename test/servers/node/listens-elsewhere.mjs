// Listens on the port after the one that its manifest declares, and says so.
import { createServer } from 'node:http';
import { port } from './forecast.mjs';

const own = port + 1;
createServer((_, response) => response.end()).listen(own, '0.0.0.0', () => {
  process.stdout.write(`Server listening on http://0.0.0.0:${own}\n`);
});
