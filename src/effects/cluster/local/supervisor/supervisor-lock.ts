import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processStart } from '../../../process-start.ts';
import type { LocalSource } from '../local-cluster.ts';

/** Who runs a local cluster. */
export interface Holder {
  pid: number;
  /** So that another process of the same number is not taken for it. */
  started: string;
  socket: string;
  source: LocalSource;
}

const nameOf = (stateFolder: string): string => join(stateFolder, 'supervisor.json');

/** The supervisor that runs a cluster; undefined where none does, or the one that did has died. */
export async function holderOf(stateFolder: string): Promise<Holder | undefined> {
  const holder = await readHolder(nameOf(stateFolder));
  return holder && (await processStart(holder.pid)) === holder.started ? holder : undefined;
}

/** Makes this process the one supervisor of a cluster; gives back who it is already, where there is one. */
export async function takeLock(
  stateFolder: string,
  { socket, source }: Pick<Holder, 'socket' | 'source'>,
): Promise<{ release: () => Promise<void> } | { heldBy: Holder }> {
  const file = nameOf(stateFolder);
  const started = (await processStart(process.pid)) ?? '';
  const own = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(own, JSON.stringify({ pid: process.pid, started, socket, source } satisfies Holder), { mode: 0o600 });
  try {
    for (;;) {
      // A link appears whole or not at all, and never in place of another.
      if (await link(own, file).then(() => true, ifExists)) {
        return { release: async () => rm(file, { force: true }) };
      }
      const heldBy = await holderOf(stateFolder);
      if (heldBy) return { heldBy };
      // Of two that take a dead one's place, one moves it away and the other finds nothing.
      await rename(file, `${own}.dead`).catch(() => undefined);
      await rm(`${own}.dead`, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const holder = JSON.parse(await readFile(file, 'utf8')) as Partial<Holder>;
    return Number.isInteger(holder.pid) && holder.socket !== undefined ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

function ifExists(error: NodeJS.ErrnoException): false {
  if (error.code === 'EEXIST') return false;
  throw error;
}
