import { legacyVersions } from './legacy-session.ts';
import { postMessage } from './post-message.ts';
import { clientInfo } from './session.ts';
import type { Wire } from './wire.ts';
import { within } from './within.ts';

const patience = 3000;

/** Whether an endpoint answered as if there were nothing: then it is worth looking where else a server may be. */
export const isNowhere = (status: number | undefined): boolean => status === 404 || status === 405;

/** Asks at the paths where servers are found when the endpoint has none. What answers is in the wire's record. */
export async function lookAround(wire: Wire, url: URL, signal: AbortSignal): Promise<void> {
  const own = url.pathname.replace(/\/$/, '');
  const paths = new Set([`${own}/mcp`, '/mcp', '/mcp/mcp', `${own}/`, '/']);
  paths.delete(url.pathname);
  const look = async (path: string): Promise<void> => {
    const params = { protocolVersion: legacyVersions[0], capabilities: {}, clientInfo };
    const there = at(path, url);
    const { headers } = await postMessage(
      wire,
      { id: 1, method: 'initialize', params },
      { url: there, headers: {} },
      signal,
    );
    const session = headers?.['mcp-session-id'];
    if (session) await wire.send({ method: 'DELETE', url: there, headers: { 'mcp-session-id': session } }, signal);
  };
  for (const path of paths) await within(signal, patience, async () => look(path));

  const stream = at('/sse', url);
  if (stream.pathname === url.pathname) return;
  const request = {
    method: 'GET',
    url: stream,
    headers: { accept: 'text/event-stream' },
    onEvent: () => true,
  } as const;
  await within(signal, patience, async (soon) => wire.send(request, soon));
}

/** A path that begins with two slashes stays one of the same host. */
function at(path: string, url: URL): URL {
  const there = new URL(url);
  there.pathname = path;
  there.search = '';
  return there;
}
