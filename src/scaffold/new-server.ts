import type { SecretsConfig } from '../platform/types.ts';
import type { Canary } from '../repository/types.ts';
import type { EgressPeer } from './egress-peer.ts';

/** Everything that decides what the manifests of a new server say: answers, and what was found out about them. */
export interface NewServer {
  /** Without `-mcp`. */
  name: string;
  namespace: string;
  code: ServerCode;
  port: number;
  transport: 'streamable-http' | 'sse';
  path: string;
  /** Undefined: only TCP can be probed, and nothing is known to tell whether the server lives. */
  healthPath: string | undefined;
  /** The Host header of probes, for servers that refuse the pod's address. */
  probeHost: string | undefined;
  env: Readonly<Record<string, string>>;
  secretKeys: readonly string[];
  /** The secret key with the bearer token that clients must send. */
  tokenKey: string | undefined;
  replicas: number;
  resources: Resources;
  exposure: { kind: 'clusterip' } | { kind: 'nodeport'; nodePort: number };
  description: string | undefined;
  canary: Canary | undefined;
  /** Folders that the server writes to, beside /tmp. */
  writable: readonly string[];
  /** Empty: egress is not restricted. */
  egress: readonly EgressPeer[];
  /** The ClusterRole that the server needs at the Kubernetes API. */
  clusterRole: string | undefined;
  secrets: SecretsConfig;
}

export interface Resources {
  requests: { memory: string; cpu: string };
  limits: { memory: string; cpu: string };
}

export type ServerCode =
  | {
      pattern: 'image';
      image: string;
      /** Of the process, as a number; undefined: the image's own, which is known to be one and not root. */
      user: number | undefined;
      /** In place of the image's entrypoint; none: its own. */
      command: readonly string[];
      args: readonly string[];
      /** `pypi:NAME==V` or `npm:NAME@V`. */
      package: string | undefined;
    }
  | {
      pattern: 'configmap';
      image: string;
      command: readonly string[];
      /** The ConfigMap's content. */
      content: PackedCode;
      /** The folder of its source in the repository. */
      source: string;
      /** How Python packages get into the pod; undefined: the image has them, or there are none. */
      install: { image: string; hashed: boolean } | undefined;
    };

/** Code as a ConfigMap carries it. */
export interface PackedCode {
  data: Readonly<Record<string, string>>;
  /** Base64. */
  binaryData: Readonly<Record<string, string>>;
  /** Too large for the annotation of a client-side apply. */
  serverSideApply: boolean;
}
