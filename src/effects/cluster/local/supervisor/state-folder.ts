import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** `.berth/state/<cluster>`: everything that a local cluster leaves on the disk. */
export const stateFolderOf = (root: string, cluster: string): string =>
  join(root, '.berth/state', cluster.replace(/[^\w.-]/g, '_').replace(/^\.+/, '_'));

export async function makeStateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** The kernel takes 108 characters (macOS 104), the last of which is none. */
const longestSocket = 100;

/** Where the supervisor is spoken to. Only its user may enter the folder. */
export function socketOf(stateFolder: string): { folder: string; path: string } {
  const near = join(stateFolder, 'control.sock');
  if (near.length <= longestSocket) return { folder: stateFolder, path: near };
  const name = createHash('sha256').update(stateFolder).digest('hex').slice(0, 16);
  const folder = join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `berth-${userInfo().uid}`);
  return { folder, path: join(folder, `${name}.sock`) };
}
