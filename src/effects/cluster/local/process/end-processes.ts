import { type ProcessEntry, processEntry, processesMarked } from './process-table.ts';

/** Ends every process that carries the mark, with its group, until none is left. Gives back the numbers that ended. */
export async function endMarked(mark: string): Promise<readonly number[]> {
  const ended = new Set<number>();
  // A process may start another while it is looked for.
  for (let round = 0; round < 20; round += 1) {
    const left = (await processesMarked(mark)).filter(({ pid }) => pid !== process.pid);
    if (left.length === 0) break;
    for (const entry of left) {
      if (await endProcess(entry)) ended.add(entry.pid);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 20 * (round + 1));
    });
  }
  return [...ended];
}

/** SIGKILL, for this very process and not one that got its number since; and for the group that it leads. */
export async function endProcess({
  pid,
  start,
  group,
}: Pick<ProcessEntry, 'pid' | 'start' | 'group'>): Promise<boolean> {
  const now = await processEntry(pid);
  if (now?.start !== start) return false;
  if (group === pid) signalGroup(pid, 'SIGKILL');
  return signal(pid, 'SIGKILL');
}

/** False where no process of the group is left. */
export function signalGroup(group: number, name: NodeJS.Signals): boolean {
  return signal(-group, name);
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
