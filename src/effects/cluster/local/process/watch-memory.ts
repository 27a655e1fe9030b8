import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const everyMilliseconds = 500;

/** Looks at what a process and its children hold, and says once when that is more than the limit. */
export function watchMemory(pid: number, limitBytes: number, over: () => void): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const bytes = await memoryOf(pid);
    // oxlint-disable-next-line typescript/no-unnecessary-condition
    if (stopped) return;
    if (bytes > limitBytes) over();
    else schedule();
  };
  const schedule = (): void => {
    timer = setTimeout(() => void look(), everyMilliseconds);
    timer.unref();
  };
  schedule();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

async function memoryOf(pid: number): Promise<number> {
  return process.platform === 'linux' ? treeMemory(pid) : groupMemory(pid);
}

/** What a control group would count of it: pages that are its own, not those of programs that it shares with others. */
async function treeMemory(pid: number): Promise<number> {
  const [status, children] = await Promise.all([
    readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''),
    readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => ''),
  ]);
  let bytes = 0;
  for (const [, kibibytes] of status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm)) bytes += Number(kibibytes) * 1024;
  for (const child of children.split(' ').filter(Boolean)) bytes += await treeMemory(Number(child));
  return bytes;
}

async function groupMemory(group: number): Promise<number> {
  const found = await promisify(execFile)('ps', ['-axo', 'pgid=,rss=']).catch(() => undefined);
  const lines = (found?.stdout ?? '').split('\n').map((line) => line.trim().split(/\s+/));
  return lines.reduce((sum, [owner, kibibytes]) => (Number(owner) === group ? sum + Number(kibibytes) * 1024 : sum), 0);
}
