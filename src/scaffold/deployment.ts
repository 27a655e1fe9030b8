import { codeHash } from '../repository/code-hash.ts';
import { environment } from './environment.ts';
import { installContainer } from './install-container.ts';
import { metadata, selectorLabels, serverLabels } from './metadata.ts';
import type { NewServer } from './new-server.ts';
import { probes } from './probes.ts';
import { allSecretKeys } from './secret-object.ts';
import { containerSecurityContext, podSecurityContext } from './security-context.ts';
import { serverNames } from './server-names.ts';
import { volumes } from './volumes.ts';

export function deployment(server: NewServer) {
  const { name, code, port, resources, clusterRole, replicas } = server;
  const install = code.pattern === 'configmap' ? code.install : undefined;
  const { mounts, initMounts, volumes: podVolumes } = volumes(server);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadata(server), annotations: annotations(server) },
    spec: {
      replicas,
      // Probes begin after the installation, and the deadline does not wait for it.
      ...(install ? { progressDeadlineSeconds: 1200 } : {}),
      selector: { matchLabels: selectorLabels(name) },
      template: {
        metadata: {
          labels: serverLabels(name),
          ...(code.pattern === 'configmap'
            ? { annotations: { 'mcp-berth.dev/code-sha256': codeHash(code.content) } }
            : {}),
        },
        spec: {
          ...(clusterRole === undefined ? {} : { serviceAccountName: serverNames(name).workload }),
          automountServiceAccountToken: clusterRole !== undefined,
          enableServiceLinks: false,
          securityContext: podSecurityContext(server),
          ...(install ? { initContainers: [installContainer(install, initMounts)] } : {}),
          containers: [
            {
              name: 'mcp-server',
              image: code.image,
              ...startOf(server),
              ports: [{ name: 'mcp', containerPort: port }],
              env: environment(server),
              resources,
              ...probes(server),
              securityContext: containerSecurityContext,
              volumeMounts: mounts,
            },
          ],
          volumes: podVolumes,
        },
      },
    },
  };
}

function startOf({ code }: NewServer): { command?: readonly string[]; args?: readonly string[] } {
  if (code.pattern === 'configmap') return { command: code.command };
  return {
    ...(code.command.length === 0 ? {} : { command: code.command }),
    ...(code.args.length === 0 ? {} : { args: code.args }),
  };
}

function annotations(server: NewServer): Record<string, string> {
  const { code, path, transport, description, canary, tokenKey, name, secrets } = server;
  const reloads = secrets.provider === 'infisical' && allSecretKeys(server).length > 0;
  const known: Record<string, string | undefined> = {
    'mcp-berth.dev/path': path,
    'mcp-berth.dev/transport': transport,
    'mcp-berth.dev/description': description,
    'mcp-berth.dev/canary': canary && JSON.stringify(canary),
    'mcp-berth.dev/package': code.pattern === 'image' ? code.package : undefined,
    'mcp-berth.dev/source': code.pattern === 'configmap' ? code.source : undefined,
    'mcp-berth.dev/token': tokenKey && `${serverNames(name).secret}/${tokenKey}`,
    'secrets.infisical.com/auto-reload': reloads ? 'true' : undefined,
  };
  return Object.fromEntries(Object.entries(known).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
