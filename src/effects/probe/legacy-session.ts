import { setTimeout as sleep } from 'node:timers/promises';
import { type OutgoingMessage, type PostedReply, postMessage, streamReader } from './post-message.ts';
import { type JsonObject, type RpcMessage, isObject } from './rpc-message.ts';
import { type RpcReply, replyOf } from './rpc-reply.ts';
import { type Handshake, clientInfo, serverOf } from './session.ts';
import type { Wire } from './wire.ts';

/** With a handshake and, where the server wants it, a session; newest first. */
export const legacyVersions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07'];
const mostResumptions = 20;

/**
 * Shakes hands as clients up to protocol revision 2025-11-25 do, from the newest revision down where one is refused.
 */
export async function connectLegacy(wire: Wire, url: URL, signal: AbortSignal): Promise<Handshake> {
  let lastId = 0;
  const headers: Record<string, string> = {};

  const send = async (message: OutgoingMessage, sendSignal: AbortSignal): Promise<PostedReply> =>
    postMessage(
      wire,
      message,
      { url, headers, onServerRequest: (asked) => void answer(asked, sendSignal) },
      sendSignal,
    );
  const answer = async ({ id, method }: RpcMessage, sendSignal: AbortSignal): Promise<void> => {
    await send({ ...({ id } as { id: number }), ...answerTo(method) }, sendSignal);
  };
  const request = async (method: string, params: JsonObject, requestSignal: AbortSignal): Promise<RpcReply> => {
    const id = ++lastId;
    let reply = await send({ id, method, params }, requestSignal);
    for (let count = 0; reply.resumeAt && count < mostResumptions && !requestSignal.aborted; count++) {
      reply = await resume(wire, { url, headers, id, resumeAt: reply.resumeAt }, requestSignal);
    }
    return reply;
  };

  const reply = await shakeHands(request, signal);
  const protocolVersion = reply.result?.['protocolVersion'];
  if (!reply.result || typeof protocolVersion !== 'string') return { reply };
  if (!legacyVersions.includes(protocolVersion)) {
    const { result: _, ...rest } = reply;
    return { reply: { ...rest, problem: `answers initialize with protocol version ${protocolVersion.slice(0, 40)}` } };
  }
  const session = reply.headers?.['mcp-session-id'];
  if (session !== undefined) headers['mcp-session-id'] = session;
  headers['mcp-protocol-version'] = protocolVersion;
  const noted = await send({ method: 'notifications/initialized' }, signal);
  if (noted.status === undefined || noted.status >= 300) return { reply: noted };
  return {
    session: {
      transport: 'streamable-http',
      era: 'legacy',
      protocolVersion,
      protocolVersions: [protocolVersion],
      server: serverOf(reply.result['serverInfo']),
      capabilities: isObject(reply.result['capabilities']) ? reply.result['capabilities'] : {},
      request,
      async close(closeSignal) {
        if (session !== undefined) await wire.send({ method: 'DELETE', url, headers }, closeSignal);
      },
    },
  };
}

type Request = (method: string, params: JsonObject, signal: AbortSignal) => Promise<RpcReply>;

/** A server that does not know the newest revision should name its own; some refuse, and are asked for the next. */
export async function shakeHands(request: Request, signal: AbortSignal): Promise<RpcReply> {
  let reply: RpcReply = {};
  for (const protocolVersion of legacyVersions.slice(0, -1)) {
    reply = await request('initialize', { protocolVersion, capabilities: {}, clientInfo }, signal);
    const refused = reply.code !== undefined && /version/i.test(reply.problem ?? '');
    if (!refused) break;
  }
  return reply;
}

/** We offer nothing: a ping is answered, everything else is refused as the protocol has it. */
export function answerTo(method: string | undefined): { result: JsonObject } | { error: JsonObject } {
  return method === 'ping'
    ? { result: {} }
    : { error: { code: -32601, message: 'This client offers nothing of the kind' } };
}

/** A server may close its stream and answer in the next one. */
async function resume(
  wire: Wire,
  {
    url,
    headers,
    id,
    resumeAt,
  }: { url: URL; headers: Record<string, string>; id: number; resumeAt: { id: string; retry: number } },
  signal: AbortSignal,
): Promise<PostedReply> {
  await sleep(Math.min(resumeAt.retry, 5000), undefined, { signal }).catch(() => undefined);
  const stream = streamReader(id);
  const answer = await wire.send(
    {
      method: 'GET',
      url,
      headers: { ...headers, accept: 'text/event-stream', 'last-event-id': resumeAt.id },
      onEvent: stream.onEvent,
    },
    signal,
  );
  return stream.reply(replyOf(answer, stream.answer));
}
