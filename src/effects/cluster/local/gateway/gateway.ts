import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type GatewayRoute,
  type GatewayRoutes,
  isLoopback,
  serviceOfHost,
  splitPath,
} from '../../../../local/gateway-routes.ts';
import { forward } from './forward.ts';
import { listen } from './listen.ts';
import { type Backend, SessionBook } from './session-book.ts';
import { upstreamAgent } from './upstream-agent.ts';

export interface GatewaySettings {
  port: number;
  /** Ready pods of a workload. */
  backends: (route: GatewayRoute) => readonly Backend[];
  /** Why there are none, in words. */
  whyNone: (route: GatewayRoute) => Promise<string>;
}

/** The ways into the local cluster: one port for all servers by name, and one for each NodePort, on 127.0.0.1 only. */
export class Gateway {
  readonly #settings: GatewaySettings;
  readonly #agent = upstreamAgent();
  readonly #sessions = new SessionBook();
  readonly #nodePorts = new Map<number, Server>();
  #main: Server | undefined;
  #routes: GatewayRoutes = { byServer: new Map(), byService: new Map(), byNodePort: new Map() };

  constructor(settings: GatewaySettings) {
    this.#settings = settings;
  }

  /** Errors: PORT_TAKEN. */
  async open(): Promise<void> {
    this.#main = this.#server((request) => this.#find(request));
    await listen(this.#main, this.#settings.port, `the gateway's port ${this.#settings.port}`);
  }

  /** From now on these; gives back what went wrong with single NodePorts. */
  async setRoutes(routes: GatewayRoutes): Promise<string[]> {
    this.#routes = routes;
    for (const [port, server] of this.#nodePorts) {
      if (routes.byNodePort.has(port)) continue;
      this.#nodePorts.delete(port);
      server.close();
      server.closeAllConnections();
    }
    const problems: string[] = [];
    for (const [port, { server: name }] of routes.byNodePort) {
      if (this.#nodePorts.has(port)) continue;
      const server = this.#server(() => {
        const route = this.#routes.byNodePort.get(port);
        return route && { route, prefix: '' };
      });
      try {
        await listen(server, port, `nodePort ${port} of ${name}`);
        this.#nodePorts.set(port, server);
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
    return problems;
  }

  async close(): Promise<void> {
    const servers = [...this.#nodePorts.values(), ...(this.#main ? [this.#main] : [])];
    const closed = servers.map(async (server) => new Promise((resolve) => server.close(resolve)));
    for (const server of servers) server.closeAllConnections();
    await Promise.all(closed);
    this.#agent.destroy();
  }

  #server(find: (request: IncomingMessage) => { route: GatewayRoute; prefix: string } | undefined): Server {
    const server = createServer((request, response) => {
      const refusal = this.#refusal(request);
      if (refusal !== undefined) return answer(response, 403, refusal);
      const found = find(request);
      if (found) return void this.#forward(request, response, found.route, found.prefix);
      return answer(response, 404, this.#unknown());
    });
    // A tool may think for long, and an event stream stays open for ever.
    server.requestTimeout = 0;
    server.timeout = 0;
    return server;
  }

  #find({ url = '/', headers: { host = '' } }: IncomingMessage): { route: GatewayRoute; prefix: string } | undefined {
    const service = this.#service(host);
    if (service) return { route: service, prefix: '' };
    const { server } = splitPath(url);
    const route = this.#routes.byServer.get(server);
    return route && { route, prefix: `/${server}` };
  }

  #service(host: string): GatewayRoute | undefined {
    const service = serviceOfHost(host);
    return service === undefined ? undefined : this.#routes.byService.get(service);
  }

  /** A page of the web may not speak to servers of this machine, under whatever name it was given the address. */
  #refusal({ headers: { host = '', origin } }: IncomingMessage): string | undefined {
    const node = [...this.#routes.byNodePort.values()].some((route) => route.host === host);
    if (!isLoopback(host) && !node && !this.#service(host)) return `Host "${host}" is not served here`;
    if (origin !== undefined && !isLoopback(origin.replace(/^https?:\/\//, ''))) {
      return `Origin "${origin}" may not call servers of this machine`;
    }
    return undefined;
  }

  async #forward(
    request: IncomingMessage,
    response: ServerResponse,
    route: GatewayRoute,
    prefix: string,
  ): Promise<void> {
    const backends = this.#settings.backends(route);
    const backend = this.#sessions.pick(request, backends);
    const port = backend?.ports.get(route.targetPort);
    if (!backend) return answer(response, 503, await this.#settings.whyNone(route));
    if (port === undefined) {
      return answer(
        response,
        503,
        `${route.workload.name} has no containerPort ${route.targetPort} that its Service could lead to`,
      );
    }
    forward({
      request,
      response,
      backend,
      port,
      prefix,
      host: route.host,
      agent: this.#agent,
      sessions: this.#sessions,
    });
  }

  #unknown(): string {
    const names = [...this.#routes.byServer.keys()].filter((name) => !name.includes('.')).toSorted();
    return `No such server. There are: ${names.map((name) => `/${name}/`).join(', ') || 'none yet'}`;
  }
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(`${text.slice(0, 2000)}\n`);
}
