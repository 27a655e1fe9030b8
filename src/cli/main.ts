#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import type { World } from '../commands/define-command.ts';
import { commands } from '../commands/index.ts';
import { findRoot } from './find-root.ts';
import { runCli } from './run-cli.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal(process);
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Whoever asks twice does not want to wait for a clean end.
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort();
    terminal.progress('stopping; once more: at once');
  });
}

// A reader that has seen enough (`berth ports | head -1`) does not end the work.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

process.exitCode = await runCli(process.argv.slice(2), commands, {
  terminal,
  version,
  world: async () => {
    const { realEffects } = await import('../effects/real-effects.ts');
    const elsewhere = (root: string) => ({ ...realEffects(root), root });
    const world: World = {
      ...elsewhere(findRoot(process.cwd())),
      elsewhere,
      now: Date.now,
      signal: interrupted.signal,
      openDoor: async () => (await import('../mcp/serve-stdio.ts')).serveCommands(commands, world, version),
    };
    return world;
  },
});
// A connection that somebody forgot to close holds nobody up.
setTimeout(() => process.exit(), 500).unref();
