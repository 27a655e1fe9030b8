import { clientOf } from '../../clients/client-of.ts';
import type { FileChange } from '../../effects/git.ts';
import { printLock } from '../../lock/print-lock.ts';
import { lockFile, readLock } from '../../lock/read-lock.ts';
import type { LockedServer } from '../../lock/types.ts';
import { withServer } from '../../lock/with-server.ts';
import type { Deployment } from '../../plan/plan-deploy.ts';

/** Puts client entries into their files as the target has them, and takes out those that lead nowhere any more. */
export function entryChanges({ server, entries, abandoned }: Deployment): FileChange[] {
  const written = entries.map((entry): FileChange => ({
    file: entry.file,
    change: (text) => clientOf(entry.file).set(text, entry.file, entry),
  }));
  return [...written, ...abandoned.map((file) => withoutEntry(file, server.name))];
}

/** Takes a server out of a client file as the target has it. */
export function withoutEntry(file: string, name: string): FileChange {
  return { file, change: (text) => text && clientOf(file).remove(text, file, name) };
}

/** Puts what was proven into the lock as the target has it; undefined takes the server out. */
export function lockChange(name: string, locked: LockedServer | undefined): FileChange {
  return {
    file: lockFile,
    change: (text) => (text === undefined && !locked ? undefined : printLock(withServer(readLock(text), name, locked))),
  };
}
