import type { Observation, ProbeRequest } from '../proof/types.ts';

/** Speaks MCP to an endpoint as a client would, and writes down what it saw. Never throws for what the server does. */
export interface McpProber {
  probe(request: ProbeRequest, signal: AbortSignal): Promise<Observation>;
}
