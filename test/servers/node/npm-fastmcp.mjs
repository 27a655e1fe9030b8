// npm fastmcp, with sessions or without (STATELESS=1).
import { FastMCP } from 'fastmcp';
import * as z from 'zod/v4';
import { forecast, port } from './forecast.mjs';

const server = new FastMCP({ name: 'weather', version: '1.0.0' });
server.addTool({
  name: 'forecast',
  description: 'The temperature of a city',
  parameters: z.object({ city: z.string() }),
  execute: async ({ city }) => forecast(city),
});
await server.start({
  transportType: 'httpStream',
  httpStream: { port, host: '0.0.0.0', endpoint: '/mcp', stateless: process.env.STATELESS === '1' },
});
