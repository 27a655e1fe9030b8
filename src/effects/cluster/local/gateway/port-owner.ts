import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Who listens on a port of this machine, as far as it tells: `node (process 4711)`. Arguments stay out: they may hold secrets. */
export async function portOwner(port: number): Promise<string | undefined> {
  const pid = process.platform === 'linux' ? await fromProc(port) : await fromLsof(port);
  if (pid === undefined) return undefined;
  return `${await nameOf(pid)} (process ${pid})`;
}

async function fromProc(port: number): Promise<number | undefined> {
  const inodes = new Set<string>();
  for (const table of ['tcp', 'tcp6']) {
    const text = await readFile(`/proc/net/${table}`, 'utf8').catch(() => '');
    for (const line of text.split('\n')) {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
      // 0A: it listens.
      if (state === '0A' && inode !== undefined && Number.parseInt(local.split(':')[1] ?? '', 16) === port)
        inodes.add(inode);
    }
  }
  if (inodes.size === 0) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const inode = /^socket:\[(\d+)\]$/.exec(await readlink(`/proc/${pid}/fd/${fd}`).catch(() => ''))?.[1];
      if (inode !== undefined && inodes.has(inode)) return Number(pid);
    }
  }
  return undefined;
}

async function fromLsof(port: number): Promise<number | undefined> {
  const args = ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'];
  const found = await promisify(execFile)('lsof', args, { timeout: 5000 }).catch(() => undefined);
  const pid = Number(found?.stdout.split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

async function nameOf(pid: number): Promise<string> {
  const linux = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => undefined);
  if (linux !== undefined) return linux.trim();
  const found = await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)], { timeout: 5000 }).catch(
    () => undefined,
  );
  return found?.stdout.trim().split('/').at(-1) ?? 'a program';
}
