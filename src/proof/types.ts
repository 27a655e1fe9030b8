import type { Canary } from '../repository/types.ts';

/** Where and how a client reaches a server, and what it sends. */
export interface Endpoint {
  /** What the client's configuration says, with its path. Its host is what goes into the Host header. */
  url: string;
  /** Where to open the connection in place of the URL's own host: a port-forward, a local pod. */
  connectTo?: { host: string; port: number };
  /** Values are secrets: they go to the server and nowhere else. */
  headers: Readonly<Record<string, string>>;
}

/** One HTTP answer (or none), as it came over the wire; the body is cut to a few KB and is hostile. */
export interface Exchange {
  /** Method, path (the whole URL where it is on another host) and JSON-RPC method: `POST /mcp initialize`, `GET /health`. */
  request: string;
  status?: number;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** `ECONNREFUSED`, `ETIMEDOUT`, `ABORTED`, … where there was no answer. */
  error?: string;
  milliseconds: number;
}

export interface ToolDefinition {
  name: string;
  title?: string;
  description?: string;
  inputSchema?: unknown;
  outputSchema?: unknown;
  annotations?: { readOnlyHint?: boolean; destructiveHint?: boolean; [key: string]: unknown };
}

export interface CallObservation {
  tool: string;
  args: Record<string, unknown>;
  milliseconds: number;
  /** The call's result; absent where the call itself failed. */
  result?: { isError: boolean; text: string; structured?: unknown };
  error?: string;
}

/** All that a prober saw on the wire. No judgement in it. */
export interface Observation {
  endpoint: { url: string };
  /**
   * What was sent and answered until the protocol stood, oldest first, each redirect an exchange of its own; and what
   * was asked afterwards to name a fault: `initialize` at the paths where servers are found when the endpoint has none
   * (`/mcp/mcp`, `/mcp`, `/`), `GET /sse`, the health path.
   */
  exchanges: readonly Exchange[];
  connected?: {
    transport: 'streamable-http' | 'sse';
    era: 'modern' | 'legacy';
    protocolVersion: string;
    server?: { name: string; version: string };
    /** The client was sent elsewhere on the way: `/mcp` → `/mcp/`. */
    redirectedTo?: string;
  };
  /** Every protocol version that the server was seen to speak. */
  protocolVersions: readonly string[];
  tools?: readonly ToolDefinition[];
  prompts?: readonly { name: string; description?: string; arguments?: unknown }[];
  resources?: readonly { uri: string; name?: string; description?: string; mimeType?: string }[];
  /** The list was fetched twice and the second differed in these tools. */
  unstableTools?: readonly string[];
  call?: CallObservation;
  /** What ended the probe where it did not end well. */
  failure?: { stage: 'connect' | 'list' | 'call'; message: string };
}

/** What a prober is asked to do at an endpoint. */
export interface ProbeRequest {
  endpoint: Endpoint;
  canary?: Canary;
  /** A tool with `readOnlyHint` and no required argument may be called where there is no canary (servers of the platform only). */
  mayPickTool: boolean;
  timeoutMilliseconds: number;
  /** A GET to try beside the protocol, as the manifest's probe does: `/health`. */
  healthPath?: string;
}

export type Verdict = 'proven' | 'listed' | 'failed';

export interface FaultReport {
  id: string;
  message: string;
  hint: string;
  /** What was seen, in one line, control characters removed. */
  observed: string;
}

/** A verified server, as `berth verify --format json` prints it. */
export interface Proof {
  name: string;
  url: string;
  verdict: Verdict;
  /** `content`: the canary's expressions matched; `none`: a call succeeded and nothing more is known. */
  assertion?: 'content' | 'none';
  fault?: FaultReport;
  warnings: readonly { id: string; message: string; hint: string }[];
  protocolVersion: string | null;
  transport: 'streamable-http' | 'sse' | null;
  server: { name: string; version: string } | null;
  tools: readonly string[];
  call?: { tool: string; milliseconds: number };
  contract: Contract | null;
}

/** The canonical form of what a server offers, as hashes: `sha256:…`. */
export interface Contract {
  hash: string;
  tools: Readonly<Record<string, string>>;
}
