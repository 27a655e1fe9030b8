import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { userInfo } from 'node:os';
import { BerthError } from '../../../../errors.ts';
import type { Supervisor } from './supervisor.ts';

/** Lets other berth processes of the same user speak to the supervisor. */
export async function serveControl(
  socket: { folder: string; path: string },
  supervisor: Supervisor,
  stop: () => void,
): Promise<Server> {
  await makePrivate(socket.folder);
  await rm(socket.path, { force: true });
  const server = createServer((request, response) => {
    answer(request, supervisor, stop).then(
      (result) => respond(response, result === undefined ? 404 : 200, result ?? { error: 'not found' }),
      (error: unknown) => respond(response, 500, { error: error instanceof Error ? error.message : String(error) }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket.path, resolve);
  });
  await chmod(socket.path, 0o600);
  return server;
}

async function answer(
  { method, url = '/' }: IncomingMessage,
  supervisor: Supervisor,
  stop: () => void,
): Promise<unknown> {
  const { pathname, searchParams } = new URL(url, 'http://supervisor');
  switch (`${method} ${pathname}`) {
    case 'GET /state':
      return supervisor.state(Number(searchParams.get('after') ?? 0));
    case 'POST /refresh':
      void supervisor.refresh();
      return {};
    case 'POST /restart': {
      const ref = { namespace: searchParams.get('namespace') ?? '', name: searchParams.get('name') ?? '' };
      return supervisor.restart(ref) ? {} : undefined;
    }
    case 'POST /stop':
      setImmediate(stop);
      return {};
    default:
      return undefined;
  }
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** In a folder that others may write into, somebody else could have made it first. */
async function makePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = await stat(folder);
  if (uid === userInfo().uid) {
    if ((mode & 0o077) !== 0) await chmod(folder, 0o700);
    return;
  }
  throw new BerthError('CLUSTER_UNREACHABLE', `${folder} belongs to somebody else`, {
    hint: 'Remove it, or set XDG_RUNTIME_DIR to a folder of your own.',
  });
}
