import type { Observation } from '../../proof/types.ts';
import type { JsonObject } from './rpc-message.ts';
import type { RpcReply } from './rpc-reply.ts';

type Connected = NonNullable<Observation['connected']>;

/** A server that answered the handshake of its era. */
export interface McpSession {
  readonly transport: Connected['transport'];
  readonly era: Connected['era'];
  readonly protocolVersion: string;
  /** Everything that the handshake said it speaks. */
  readonly protocolVersions: readonly string[];
  readonly server: Connected['server'];
  readonly capabilities: JsonObject;
  request(
    method: string,
    params: JsonObject,
    signal: AbortSignal,
    headers?: Readonly<Record<string, string>>,
  ): Promise<RpcReply>;
  /** Gives back what the server holds for us; a server that does not care is no problem. */
  close(signal: AbortSignal): Promise<void>;
}

/** A handshake that worked, or what was in its way. */
export type Handshake = { session: McpSession } | { reply: RpcReply };

export const clientInfo = { name: 'berth', version: '1' };

/** `serverInfo` of either era; a server that leaves it out has no name. */
export function serverOf(info: unknown): Connected['server'] {
  const { name, version } = (info ?? {}) as { name?: unknown; version?: unknown };
  return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
}
