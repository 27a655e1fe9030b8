import type { Lock, LockedServer } from './types.ts';

/** The lock with what was proven of a server; undefined takes the server out. */
export function withServer(lock: Lock, name: string, server: LockedServer | undefined): Lock {
  const others = Object.entries(lock.servers).filter(([other]) => other !== name);
  return { version: 1, servers: Object.fromEntries(server ? [...others, [name, server]] : others) };
}

/** What was proven of a server last. */
export function lockedServerOf(lock: Lock, name: string): LockedServer | undefined {
  return Object.hasOwn(lock.servers, name) ? lock.servers[name] : undefined;
}
