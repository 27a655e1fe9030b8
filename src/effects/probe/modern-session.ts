import { postMessage } from './post-message.ts';
import { type JsonObject, isObject } from './rpc-message.ts';
import type { RpcReply } from './rpc-reply.ts';
import { type Handshake, clientInfo, serverOf } from './session.ts';
import type { Wire } from './wire.ts';

const version = '2026-07-28';
const key = (name: string): string => `io.modelcontextprotocol/${name}`;

/** Errors that only a server of this era knows. */
const modernCodes = new Set([-32020, -32021, -32022]);

/** Asks as clients of protocol revision 2026-07-28 do: no session, every request stands for itself. */
export async function connectModern(
  wire: Wire,
  url: URL,
  signal: AbortSignal,
): Promise<Handshake & { modern: boolean }> {
  let lastId = 0;
  const request = async (
    method: string,
    params: JsonObject,
    requestSignal: AbortSignal,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<RpcReply> => {
    const _meta = {
      [key('protocolVersion')]: version,
      [key('clientCapabilities')]: {},
      [key('clientInfo')]: clientInfo,
    };
    const name = params['name'] ?? params['uri'];
    const headers = {
      'mcp-protocol-version': version,
      'mcp-method': method,
      ...(typeof name === 'string' ? { 'mcp-name': headerValue(name) } : {}),
      ...extra,
    };
    const message = { id: ++lastId, method, params: { ...params, _meta } };
    return refuseQuestions(await postMessage(wire, message, { url, headers }, requestSignal));
  };

  const reply = await request('server/discover', {}, signal);
  const { result } = reply;
  const supported = Array.isArray(result?.['supportedVersions']) ? result['supportedVersions'].filter(isText) : [];
  if (!result || !supported.includes(version)) {
    return { reply, modern: reply.code !== undefined && modernCodes.has(reply.code) };
  }
  const meta = isObject(result['_meta']) ? result['_meta'] : {};
  return {
    modern: true,
    session: {
      transport: 'streamable-http',
      era: 'modern',
      protocolVersion: version,
      protocolVersions: supported,
      server: serverOf(meta[key('serverInfo')] ?? result['serverInfo']),
      capabilities: isObject(result['capabilities']) ? result['capabilities'] : {},
      request,
      close: async () => undefined,
    },
  };
}

/** A result that asks us for more is none: a proof has nobody to answer. */
function refuseQuestions(reply: RpcReply): RpcReply {
  if (reply.result?.['resultType'] !== 'input_required') return reply;
  const { result, ...rest } = reply;
  const asked = isObject(result['inputRequests']) ? Object.keys(result['inputRequests']).join(', ') : '';
  return {
    ...rest,
    problem: `asks its client for input${asked ? ` (${asked.slice(0, 100)})` : ''} in place of an answer`,
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** What HTTP cannot carry as it is goes as base64, as the protocol has it. */
export function headerValue(value: string): string {
  const plain = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !/^=\?base64\?.*\?=$/.test(value);
  return plain ? value : `=?base64?${Buffer.from(value).toString('base64')}?=`;
}
