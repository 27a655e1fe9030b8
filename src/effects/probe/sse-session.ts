import { answerTo, legacyVersions, shakeHands } from './legacy-session.ts';
import { type OutgoingMessage, postMessage } from './post-message.ts';
import { type RpcMessage, parseMessages } from './rpc-message.ts';
import { type RpcReply, replyOf } from './rpc-reply.ts';
import { type Handshake, serverOf } from './session.ts';
import type { ServerSentEvent } from './sse-parser.ts';
import type { Wire, WireAnswer } from './wire.ts';

/** The deprecated HTTP+SSE transport: one stream with all answers, and an endpoint that the stream names. */
export async function connectSse(wire: Wire, url: URL, signal: AbortSignal): Promise<Handshake> {
  const stream = openStream(wire, url, signal);
  const endpoint = await stream.endpoint;
  if (!(endpoint instanceof URL)) return { reply: endpoint };
  let lastId = 0;

  const post = async (message: OutgoingMessage, postSignal: AbortSignal): Promise<RpcReply> =>
    postMessage(wire, message, { url: endpoint, headers: {} }, postSignal);
  stream.onServerRequest = ({ id, method }) => {
    void post({ ...({ id } as { id: number }), ...answerTo(method) }, signal);
  };
  const request = async (
    method: string,
    params: Record<string, unknown>,
    requestSignal: AbortSignal,
  ): Promise<RpcReply> => {
    const id = ++lastId;
    const answered = stream.answerTo(id, requestSignal);
    const posted = await post({ id, method, params }, requestSignal);
    if (posted.result || posted.status === undefined || posted.status >= 300) return posted;
    return answered;
  };

  const reply = await shakeHands(request, signal);
  const protocolVersion = reply.result?.['protocolVersion'];
  if (!reply.result || typeof protocolVersion !== 'string' || !legacyVersions.includes(protocolVersion)) {
    stream.close();
    return { reply };
  }
  await post({ method: 'notifications/initialized' }, signal);
  return {
    session: {
      transport: 'sse',
      era: 'legacy',
      protocolVersion,
      protocolVersions: [protocolVersion],
      server: serverOf(reply.result['serverInfo']),
      capabilities: (reply.result['capabilities'] ?? {}) as Record<string, unknown>,
      request,
      close: async () => stream.close(),
    },
  };
}

function openStream(wire: Wire, url: URL, signal: AbortSignal) {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', abort);
  const waiting = new Map<number, (reply: RpcReply) => void>();
  let gotEndpoint: (found: URL | RpcReply) => void = ignore;
  const endpoint = new Promise<URL | RpcReply>((resolve) => (gotEndpoint = resolve));
  const head: WireAnswer = { status: 200, headers: { 'content-type': 'text/event-stream' }, body: '' };

  const stream = {
    endpoint,
    onServerRequest: undefined as ((request: RpcMessage) => void) | undefined,
    close: () => controller.abort(),
    async answerTo(id: number, requestSignal: AbortSignal): Promise<RpcReply> {
      return new Promise((resolve) => {
        const give = (reply: RpcReply): void => {
          waiting.delete(id);
          requestSignal.removeEventListener('abort', late);
          resolve(reply);
        };
        const late = (): void => give({ problem: 'no answer in time', error: 'ETIMEDOUT' });
        waiting.set(id, give);
        requestSignal.addEventListener('abort', late);
      });
    },
  };

  const onEvent = ({ event, data }: ServerSentEvent): boolean => {
    if (event === 'endpoint') gotEndpoint(ownEndpoint(data, url));
    for (const message of event === 'message' ? parseMessages(data) : []) {
      if (message.method === undefined) waiting.get(message.id as number)?.(replyOf(head, message));
      else if (message.id !== undefined) stream.onServerRequest?.(message);
    }
    return false;
  };
  void wire
    .send({ method: 'GET', url, headers: { accept: 'text/event-stream' }, onEvent }, controller.signal)
    .then((answer) => {
      signal.removeEventListener('abort', abort);
      const reply = replyOf(answer, undefined);
      gotEndpoint(reply);
      for (const give of waiting.values()) give({ ...reply, problem: 'the event stream ended before the answer' });
    });
  return stream;
}

const ignore = (): void => undefined;

/** A stream may only name an endpoint of its own origin: it is where the token goes. */
function ownEndpoint(data: string, url: URL): URL | RpcReply {
  const endpoint = URL.canParse(data, url.href) ? new URL(data, url) : undefined;
  return endpoint?.origin === url.origin
    ? endpoint
    : { status: 200, problem: 'the event stream names an endpoint elsewhere' };
}
