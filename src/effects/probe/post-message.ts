import { type RpcMessage, parseMessages } from './rpc-message.ts';
import { type RpcReply, replyOf } from './rpc-reply.ts';
import { type Wire, isEventStream } from './wire.ts';

export interface OutgoingMessage {
  /** Absent: a notification, or an answer to the server. */
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: unknown;
}

export interface PostOptions {
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** A request of the server's, in the stream that ends with our answer. */
  onServerRequest?: (request: RpcMessage) => void;
}

/** A reply, and where its stream can be taken up again when it ended too early. */
export type PostedReply = RpcReply & { resumeAt?: { id: string; retry: number } };

/** Sends one message by POST, and reads the answer to it as JSON or from an event stream. */
export async function postMessage(
  wire: Wire,
  message: OutgoingMessage,
  { url, headers, onServerRequest }: PostOptions,
  signal: AbortSignal,
): Promise<PostedReply> {
  const stream = streamReader(message.id, onServerRequest);
  const answer = await wire.send(
    {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
      ...(message.method === undefined ? {} : { subject: message.method }),
      onEvent: stream.onEvent,
    },
    signal,
  );
  if (isEventStream(answer.headers)) return stream.reply(replyOf(answer, stream.answer));
  const messages = parseMessages(answer.body);
  const own = messages.find(({ id, method }) => method === undefined && id === message.id);
  // An error about a request that could not be read has no id to give back.
  const lost = messages.find(({ id, error }) => error !== undefined && (id === null || id === undefined));
  return replyOf(answer, own ?? lost);
}

/** Looks for the answer in an event stream, and remembers how far it came. */
export function streamReader(id: number | undefined, onServerRequest?: (request: RpcMessage) => void) {
  let resumeAt: { id: string; retry: number } | undefined;
  const reader = {
    answer: undefined as RpcMessage | undefined,
    onEvent: (event: { data: string; id?: string; retry?: number }): boolean => {
      if (event.id) resumeAt = { id: event.id, retry: event.retry ?? 1000 };
      for (const message of parseMessages(event.data)) {
        if (message.method !== undefined && message.id !== undefined) onServerRequest?.(message);
        else if (message.method === undefined && (message.id === id || (message.error && message.id === null)))
          reader.answer = message;
      }
      return reader.answer !== undefined;
    },
    reply: (reply: RpcReply): PostedReply => ({ ...reply, ...(!reader.answer && resumeAt ? { resumeAt } : {}) }),
  };
  return reader;
}
