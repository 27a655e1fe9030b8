/** What `berth.yaml` says, with all defaults filled in. */
export interface Platform {
  clusters: ReadonlyMap<string, ClusterConfig>;
  git: { remote?: string; branch?: string };
  servers: {
    namespace: string;
    /** Of the manifests, from the repository's root, with `/` and without one at the end. */
    directory: string;
    images: { python: string; node: string; init: string };
  };
  secrets: SecretsConfig;
  nodePorts: {
    allocate: PortRange;
    accept: PortRange;
    /** Port → what it is kept for. */
    reserved: ReadonlyMap<number, string>;
  };
  clients: readonly ClientFileConfig[];
}

export type PortRange = readonly [first: number, last: number];

interface ClusterConfigBase {
  name: string;
  /** What it syncs, from the root of `repository`. */
  paths: readonly string[];
  /** A sibling repository, relative to this one; absent: this one. */
  repository?: string;
  mcpServers: 'allowed' | 'forbidden';
}

export interface KubernetesClusterConfig extends ClusterConfigBase {
  kind: 'kubernetes';
  cidr?: string;
  context?: string;
  version?: string;
  nodeAddress?: string;
  gitops: { engine: 'argocd' | 'flux' | 'none'; application?: string; namespace?: string };
}

export interface LocalClusterConfig extends ClusterConfigBase {
  kind: 'local';
  /** Where `http://127.0.0.1:<port>/<name>/mcp` answers. */
  gatewayPort: number;
}

export type ClusterConfig = KubernetesClusterConfig | LocalClusterConfig;

export interface SecretsConfig {
  provider: 'infisical' | 'external-secrets' | 'sealed-secrets' | 'sops' | 'plain';
  infisical?: {
    hostAPI: string;
    projectSlug: string;
    envSlug: string;
    secretsPath: string;
    credentialsRef: { name: string; namespace: string };
  };
  externalSecrets?: { storeRef: { kind: 'SecretStore' | 'ClusterSecretStore'; name: string }; keyPrefix?: string };
}

export interface ClientFileConfig {
  /** From the repository's root. */
  file: string;
  /** `outside`: NodePort and ingress URLs. `inside`: Service DNS URLs. */
  from: 'outside' | 'inside';
}
