import { clientOf } from '../../clients/client-of.ts';
import { lockFile, readLock } from '../../lock/read-lock.ts';
import type { LockedServer } from '../../lock/types.ts';
import { lockedServerOf } from '../../lock/with-server.ts';
import { plannedEntries } from '../../plan/planned-entries.ts';
import type { Platform } from '../../platform/types.ts';
import { serverName } from '../../repository/mcp-servers.ts';
import type { Context } from '../define-command.ts';
import { loadPlatform } from '../load-platform.ts';
import { rememberingReader } from './remembering-reader.ts';
import { serverForm } from './server-form.ts';

export interface Connected {
  name: string;
  entries: readonly { file: string; url: string; written: boolean }[];
  /** It was named, not only found. */
  asked: boolean;
  /** Why it has no entry. */
  reason?: string;
}

/** Client entries alone, for what was proven: into the working tree, and into no commit. */
export async function connectServers(context: Context, names: readonly string[]): Promise<Connected[]> {
  const platform = await loadPlatform(context);
  const lock = readLock(await context.files.read(lockFile));
  const asked = names.map(serverName);
  const files = await context.files.readAll(['.yaml', '.yml', 'Kustomization']);
  const read = rememberingReader();
  const result: Connected[] = [];
  for (const name of asked.length > 0 ? asked : Object.keys(lock.servers)) {
    const locked = lockedServerOf(lock, name);
    const about = { name, asked: asked.includes(name) };
    if (locked) result.push({ ...about, ...(await connect(context, platform, files, name, locked, read)) });
    else result.push({ ...about, entries: [], reason: `is not proven. Next: berth deploy ${name}` });
  }
  return result;
}

async function connect(
  context: Context,
  platform: Platform,
  files: ReadonlyMap<string, string>,
  name: string,
  locked: LockedServer,
  read: ReturnType<typeof rememberingReader>,
): Promise<Pick<Connected, 'entries' | 'reason'>> {
  const config = platform.clusters.get(locked.cluster);
  if (!config) return { entries: [], reason: `was proven on ${locked.cluster}, which berth.yaml does not know` };
  const cluster = await context.cluster(platform, locked.cluster);
  const { server, form } = serverForm(files, { platform, config, name, read });
  const planned = plannedEntries(server, form, platform.clients, (service) => cluster.outsideUrl(service));
  if (planned.length === 0) return { entries: [], reason: 'has no URL that a client file is for' };

  const entries = [];
  for (const entry of planned) {
    const before = await context.files.read(entry.file);
    const after = clientOf(entry.file).set(before, entry.file, entry);
    if (after !== before) await context.files.write(entry.file, after);
    entries.push({ file: entry.file, url: entry.url, written: after !== before });
  }
  return { entries };
}
