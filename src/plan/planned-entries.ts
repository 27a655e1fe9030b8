import { tokenVariable } from '../clients/token-variable.ts';
import type { ClientFileConfig } from '../platform/types.ts';
import type { McpServer } from '../repository/types.ts';
import type { DeployedForm } from './deployed-form.ts';
import type { PlannedEntry } from './step.ts';

/** How a cluster's Service is reached from outside; undefined where it is not. */
export type OutsideUrl = (service: {
  server: string;
  namespace: string;
  name: string;
  port?: number;
  nodePort?: number;
  path: string;
}) => string | undefined;

/** The URL that a client within the cluster uses; undefined for a server without a Service. */
export function insideUrl({ path }: McpServer, { namespace, service }: DeployedForm): string | undefined {
  if (service?.port === undefined) return undefined;
  return `http://${service.name}.${namespace}.svc.cluster.local:${service.port}${path}`;
}

/** One entry for each client file that has a way to the server. */
export function plannedEntries(
  server: McpServer,
  form: DeployedForm,
  clients: readonly ClientFileConfig[],
  outsideUrl: OutsideUrl,
): PlannedEntry[] {
  const { name, path, transport, description, token } = server;
  const { namespace, service } = form;
  const outside =
    service &&
    outsideUrl({
      server: name,
      namespace,
      name: service.name,
      ...(service.port === undefined ? {} : { port: service.port }),
      ...(service.nodePort === undefined ? {} : { nodePort: service.nodePort }),
      path,
    });
  const urls = { outside, inside: insideUrl(server, form) };
  return clients.flatMap(({ file, from }) => {
    const url = urls[from];
    if (url === undefined) return [];
    return {
      file,
      name,
      url,
      transport,
      ...(description === undefined ? {} : { description }),
      ...(token ? { tokenVariable: tokenVariable(name) } : {}),
    };
  });
}
