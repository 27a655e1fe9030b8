import { isWithin } from '../../paths.ts';
import type { ClientFileConfig } from '../../platform/types.ts';
import type { Survey } from '../../repository/survey/survey-repository.ts';
import { printYaml } from '../../yaml/print-yaml.ts';

export interface LocalAnswer {
  kind: 'local';
  name: string;
  gatewayPort: number;
}

export interface KubernetesAnswer {
  kind: 'kubernetes';
  name: string;
  context?: string;
  cidr?: string;
  nodeAddress?: string;
}

/** What a person, flags or defaults said; everything else comes from the survey. */
export interface PlatformAnswers {
  cluster: LocalAnswer | KubernetesAnswer;
  namespace: string;
  directory: string;
}

/** The text of a new `berth.yaml`. What nobody knows is not in it. */
export function platformText({ cluster, namespace, directory }: PlatformAnswers, survey: Survey): string {
  const others = cluster.kind === 'local' ? [] : survey.clusterFolders.filter((name) => name !== cluster.name);
  const clients: ClientFileConfig[] = [{ file: '.mcp.json', from: 'outside' }];
  return `# yaml-language-server: $schema=./.berth/schema.json\n${printYaml(
    withoutUndefined({
      apiVersion: 'mcp-berth.dev/v1',
      kind: 'Platform',
      clusters: {
        [cluster.name]:
          cluster.kind === 'local' ? localCluster(cluster) : kubernetesCluster(cluster, directory, survey),
        ...Object.fromEntries(others.map((name) => [name, { mcpServers: 'forbidden', paths: [`clusters/${name}`] }])),
      },
      servers: { namespace, directory },
      secrets: survey.secrets,
      nodePorts: survey.unusualNodePorts ? { accept: '30000-32767' } : undefined,
      clients,
    }),
    { indentLists: true },
  )}`;
}

const localCluster = ({ kind, gatewayPort }: LocalAnswer): object => ({ kind, gatewayPort });

function kubernetesCluster(cluster: KubernetesAnswer, directory: string, survey: Survey): object {
  const { cidr, context, nodeAddress, name } = cluster;
  const paths = survey.folders.map((folder) =>
    folder === 'clusters' && survey.clusterFolders.includes(name) ? `clusters/${name}` : folder,
  );
  const [top = directory] = directory.split('/');
  if (paths.length > 0 && !paths.some((path) => isWithin(directory, path))) paths.push(top);
  return withoutUndefined({
    cidr,
    context,
    nodeAddress,
    mcpServers: 'allowed',
    paths: paths.length > 0 ? paths : undefined,
    gitops: survey.gitops?.gitops,
  });
}

function withoutUndefined(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}
