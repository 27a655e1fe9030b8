import { connectLegacy } from './legacy-session.ts';
import { connectModern } from './modern-session.ts';
import type { Handshake } from './session.ts';
import { connectSse } from './sse-session.ts';
import type { Wire } from './wire.ts';

/**
 * Finds out what a server speaks, as a client that knows every revision does: `server/discover`, then `initialize` from
 * the newest revision down, then the event stream of HTTP+SSE. Who asks for credentials or does not answer has said
 * nothing about its era, and is not asked again.
 */
export async function connect(wire: Wire, url: URL, signal: AbortSignal): Promise<Handshake> {
  const modern = await connectModern(wire, url, signal);
  if ('session' in modern || modern.modern || saysNothing(modern) || signal.aborted) return modern;

  const legacy = await connectLegacy(wire, url, signal);
  if ('session' in legacy || saysNothing(legacy)) return legacy;
  if (![400, 404, 405].includes(legacy.reply.status ?? 0)) return legacy;

  const sse = await connectSse(wire, url, signal);
  return 'session' in sse ? sse : legacy;
}

function saysNothing(handshake: Handshake): boolean {
  if ('session' in handshake) return false;
  const { status, error } = handshake.reply;
  return status === undefined || status === 401 || status === 403 || error === 'ETIMEDOUT';
}
