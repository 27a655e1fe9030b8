import type { Field, Position, YamlDocument, YamlFile, YamlProblem } from '../yaml/types.ts';

/** One Kubernetes object as it is written in the repository. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** As written; undefined where the manifest leaves it to its kustomization. */
  readonly namespace: string | undefined;
  readonly file: string;
  readonly document: YamlDocument;
  /** The whole object as plain data. */
  readonly value: Record<string, unknown>;
  fieldAt(path: readonly (string | number)[]): Field | undefined;
  fields(path: string): Field[];
}

/** What a Git repository says, and nothing else: no cluster, no clock, no network. */
export interface Repository {
  /** Every file that was handed in, by path from the root, with `/`. */
  readonly files: ReadonlyMap<string, string>;
  readonly yamlFiles: ReadonlyMap<string, YamlFile>;
  /** Why files, or parts of them, could not be read. Who touches such a file asks `mustBeReadable`; others go on. */
  readonly problems: readonly YamlProblem[];
  /** By directory. */
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  /** Objects only: what a kustomization uses as a patch is none. */
  readonly manifests: readonly Manifest[];
  manifestsOf(kind: string): readonly Manifest[];
}

/** What a kustomization takes in, as far as it can be told without building it. */
export interface Kustomization {
  readonly file: string;
  readonly directory: string;
  readonly namespace: string | undefined;
  /** Files and directories of this repository, from its root. */
  readonly resources: readonly string[];
  readonly patches: readonly string[];
}

/** What a server's canary call is, from the annotation `mcp-berth.dev/canary`. Regular expressions are of RE2's syntax. */
export interface Canary {
  tool: string;
  args: Record<string, unknown>;
  mustMatch?: string;
  mustNotMatch?: string;
}

/** The manifests that together make one MCP server. */
export interface McpServer {
  /** Without `-mcp`: `weather`. */
  readonly name: string;
  readonly namespace: string;
  /** The file of the workload. */
  readonly file: string;
  /** Deployment or StatefulSet, as it is written: a kustomization may change image, namespace and names. */
  readonly workload: Manifest;
  readonly service: Manifest | undefined;
  /** The ConfigMap that holds the code, in the `configmap` pattern. */
  readonly code: Manifest | undefined;
  /** Every other object that belongs to it: secret object, NetworkPolicy, ServiceAccount, RBAC. */
  readonly others: readonly Manifest[];
  readonly pattern: 'image' | 'configmap';
  readonly image: string;
  readonly transport: 'streamable-http' | 'sse';
  /** The endpoint's path, `/mcp` where nothing else is said. */
  readonly path: string;
  /** The Service's port, not the container's. */
  readonly port: number | undefined;
  /** The port that its container listens on. */
  readonly targetPort: number | undefined;
  readonly nodePort: number | undefined;
  readonly exposure: 'clusterip' | 'nodeport';
  /** What its HTTP probes ask: `/health`. */
  readonly healthPath: string | undefined;
  readonly description: string | undefined;
  readonly canary: Canary | undefined;
  /** `pypi:NAME==V` or `npm:NAME@V`: how the process driver runs a pre-built image. */
  readonly package: string | undefined;
  /** Secret name → keys that the workload reads; an `envFrom` has no keys of its own. */
  readonly secretKeys: ReadonlyMap<string, readonly string[]>;
  /** The bearer token that it asks its clients for, from the annotation `mcp-berth.dev/token: <secret>/<key>`. */
  readonly token: { secret: string; key: string } | undefined;
  /** The value of `mcp-berth.dev/code-sha256` in the pod template. */
  readonly codeHash: string | undefined;
  /** Annotations of berth that say nothing it understands; `findServer` refuses such a server. */
  readonly problems: readonly ServerProblem[];
}

export interface ServerProblem {
  readonly message: string;
  readonly hint: string;
  readonly position: Position;
}
