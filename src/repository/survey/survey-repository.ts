import type { SecretsConfig } from '../../platform/types.ts';
import { portNumber } from '../server-ports.ts';
import type { Repository } from '../types.ts';
import { listAt, valueAt } from '../value-at.ts';
import { surveyClusterFolders, surveyFolders } from './survey-folders.ts';
import { type GitopsSurvey, surveyGitops } from './survey-gitops.ts';
import { surveyNodeAddress } from './survey-node-address.ts';
import { surveySecrets } from './survey-secrets.ts';
import { type ServerSurvey, surveyServers } from './survey-servers.ts';

/** What a repository tells about its platform, before there is a `berth.yaml`. What it does not tell is absent. */
export interface Survey {
  manifests: number;
  kustomizations: number;
  servers: ServerSurvey;
  /** Folders that are synced, from the root; none: everything. */
  folders: readonly string[];
  /** The names in `clusters/<name>`. */
  clusterFolders: readonly string[];
  gitops?: GitopsSurvey;
  secrets?: SecretsConfig;
  nodeAddress?: string;
  /** Some server has a node port that the usual range does not have. */
  unusualNodePorts: boolean;
}

export function surveyRepository(repository: Repository, clientFile = ''): Survey {
  const servers = surveyServers(repository);
  const gitops = surveyGitops(repository, servers.directory ?? servers.proposed);
  const secrets = surveySecrets(repository, servers.directory);
  const nodeAddress = surveyNodeAddress(repository, clientFile);
  return {
    manifests: repository.manifests.length,
    kustomizations: repository.kustomizations.size,
    servers,
    folders: surveyFolders(repository),
    clusterFolders: surveyClusterFolders(repository),
    ...(gitops ? { gitops } : {}),
    ...(secrets ? { secrets } : {}),
    ...(nodeAddress === undefined ? {} : { nodeAddress }),
    unusualNodePorts: repository
      .manifestsOf('Service')
      .filter(({ name }) => name.endsWith('-mcp'))
      .flatMap(({ value }) => listAt(value, 'spec', 'ports').map((port) => portNumber(valueAt(port, 'nodePort'))))
      .some((port) => port !== undefined && (port < 31_000 || port > 31_999)),
  };
}
