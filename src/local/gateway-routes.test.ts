import { expect, test } from 'vitest';
import { nodeContainer, workloadOf } from '../../test/support/local-workload.ts';
import { gatewayRoutes, isLoopback, serviceOfHost, splitPath } from './gateway-routes.ts';

const service = { namespace: 'ai-platform', name: 'weather-mcp' };
const weather = workloadOf({
  services: [
    {
      ...service,
      ports: [
        { name: 'metrics', port: 9090, targetPort: 9090 },
        { name: 'http', port: 80, targetPort: 8080, nodePort: 31_080 },
      ],
    },
  ],
});

test('a server is reached by its name, by its Service and by its NodePort', () => {
  const { byServer, byService, byNodePort } = gatewayRoutes([weather]);
  expect(byServer.get('weather')).toMatchObject({ workload: service, targetPort: 8080 });
  expect(byServer.get('weather.ai-platform')).toBe(byServer.get('weather'));
  expect([...byService.keys()]).toEqual(['weather-mcp.ai-platform:9090', 'weather-mcp.ai-platform:80']);
  expect(byNodePort.get(31_080)).toMatchObject({ targetPort: 8080 });
});

test('the Host is that of a client of the cluster: the node for a NodePort, else the Service', () => {
  const inside = gatewayRoutes([weather]);
  expect(inside.byServer.get('weather')?.host).toBe('weather-mcp.ai-platform.svc.cluster.local');
  expect(inside.byNodePort.get(31_080)?.host).toBeUndefined();
  const outside = gatewayRoutes([weather], '10.20.0.40');
  expect(outside.byServer.get('weather')?.host).toBe('10.20.0.40:31080');
  expect(outside.byNodePort.get(31_080)?.host).toBe('10.20.0.40:31080');
});

test('a server without a Service is reached at its first port', () => {
  const { byServer } = gatewayRoutes([
    workloadOf({ services: [], containers: [nodeContainer('', { ports: [3000] })] }),
  ]);
  expect(byServer.get('weather')).toMatchObject({ targetPort: 3000, host: undefined });
});

test.each([
  ['weather-mcp.ai-platform.svc.cluster.local:8080', 'weather-mcp.ai-platform:8080'],
  ['weather-mcp.ai-platform.svc', 'weather-mcp.ai-platform:80'],
  ['Weather-MCP.ai-platform:80', 'weather-mcp.ai-platform:80'],
  ['weather-mcp.ai-platform.evil.com', undefined],
  ['127.0.0.1:3100', undefined],
  ['localhost:3100', undefined],
])('%s is the Service %s', (host, expected) => {
  expect(serviceOfHost(host)).toBe(expected);
});

test.each([
  ['localhost:3100', true],
  ['127.0.0.1', true],
  ['[::1]:3100', true],
  ['127.0.0.1.evil.com', false],
  ['localhost.evil.com:3100', false],
  ['', false],
])('%s is of this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test.each([
  ['/weather/mcp', 'weather', '/mcp'],
  ['/weather/mcp/?a=/b', 'weather', '/mcp/?a=/b'],
  ['/weather', 'weather', '/'],
  ['/weather?a=1', 'weather', '/?a=1'],
  ['/', '', '/'],
  ['*', '', '/'],
])('%s leads to %s and %s', (path, server, rest) => {
  expect(splitPath(path)).toEqual({ server, rest });
});
