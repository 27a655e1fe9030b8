import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { World } from '../commands/define-command.ts';
import type { CommandEntry } from '../commands/index.ts';
import { createMcpServer } from './server.ts';

/** Serves the commands over stdin and stdout, in the protocol revision that the client opens with, until it leaves. */
export async function serveCommands(entries: readonly CommandEntry[], world: World, version: string): Promise<void> {
  const commands = await Promise.all(entries.map(async (entry) => entry.load()));
  const ended = new Promise<void>((resolve) => {
    process.stdin.once('close', resolve).once('end', resolve);
    world.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const handle = serveStdio(() => createMcpServer(commands, world, version), {
    onerror: (error) => process.stderr.write(`${error.message}\n`),
  });
  await ended;
  await handle.close();
}
