import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface ProcessEntry {
  pid: number;
  /** With the number it names a process for good. */
  start: string;
  /** The number of its process group: that of the container's first process, unless it left. */
  group: number;
  parent: number;
}

/** The processes of this machine that carry `NAME=value` in the environment that they were started with. */
export async function processesMarked(mark: string): Promise<readonly ProcessEntry[]> {
  if (process.platform !== 'linux') return markedByPs(mark);
  const names = await readdir('/proc');
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
        return environment.split('\0').includes(mark) ? processEntry(Number(name)) : undefined;
      }),
  );
  return found.filter((entry) => entry !== undefined);
}

/** What is known of one process; undefined where it has ended. */
export async function processEntry(pid: number): Promise<ProcessEntry | undefined> {
  if (process.platform !== 'linux') return (await processesByPs([])).find((entry) => entry.pid === pid);
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name in brackets, and may hold anything.
  const [state, parent, group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const start = rest[16];
  if (start === undefined || state === 'Z' || state === 'X') return undefined;
  return { pid, start, group: Number(group), parent: Number(parent) };
}

async function markedByPs(mark: string): Promise<readonly ProcessEntry[]> {
  const entries = await processesByPs(['-E']);
  return entries.filter(({ command }) => ` ${command} `.includes(` ${mark} `));
}

async function processesByPs(options: readonly string[]): Promise<readonly (ProcessEntry & { command: string })[]> {
  const args = ['-axww', ...options, '-o', 'pid=,ppid=,pgid=,lstart=,command='];
  const { stdout } = await promisify(execFile)('ps', args, { maxBuffer: 1 << 26 });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, group, start, command] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(line) ?? [];
    if (start === undefined || command === undefined) return [];
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), start, command }];
  });
}
