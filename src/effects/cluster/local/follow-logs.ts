import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tailOf } from './pods/log-tail.ts';
import { pause } from './pods/pause.ts';
import { stripControls } from './pods/strip-controls.ts';

interface LogFile {
  file: string;
  pod: string;
  born: number;
}

const lookEvery = 200;
const chunk = 64 * 1024;

/**
 * The last lines of a workload's newest pod, then all that its pods write: across restarts, and on into the pods that
 * come after it. Logs are files: they are there when nothing runs any more.
 */
export async function* followLogs(
  folder: string,
  { follow, tail, signal }: { follow: boolean; tail: number; signal: AbortSignal },
): AsyncIterable<string> {
  const known = await logFiles(folder);
  const newest = known.at(-1)?.pod;
  const offsets = new Map<string, number>();
  for (const { file } of known) offsets.set(file, (await stat(file).catch(() => undefined))?.size ?? 0);
  const lines: string[] = [];
  for (const { file } of known.filter(({ pod }) => pod === newest)) lines.push(...(await tailOf(file, tail)));
  if (tail > 0) yield* lines.slice(-tail);
  if (!follow) return;
  const halves = new Map<string, string>();
  while (!signal.aborted) {
    for (const { file } of await logFiles(folder)) {
      const { text, offset } = await readFrom(file, offsets.get(file) ?? 0);
      offsets.set(file, offset);
      if (text === '') continue;
      const parts = `${halves.get(file) ?? ''}${text}`.split('\n');
      halves.set(file, parts.pop()?.slice(-chunk) ?? '');
      for (const line of parts) yield stripControls(line);
    }
    await pause(lookEvery, signal);
  }
}

/** Oldest first. */
async function logFiles(folder: string): Promise<LogFile[]> {
  const files: LogFile[] = [];
  for (const pod of await readdir(folder).catch(() => [])) {
    for (const name of await readdir(join(folder, pod)).catch(() => [])) {
      if (!name.endsWith('.log')) continue;
      const file = join(folder, pod, name);
      const found = await stat(file).catch(() => undefined);
      if (found) files.push({ file, pod, born: found.birthtimeMs });
    }
  }
  return files.toSorted((a, b) => a.born - b.born);
}

async function readFrom(file: string, offset: number): Promise<{ text: string; offset: number }> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return { text: '', offset };
  try {
    const { size } = await handle.stat();
    // It was cut, because it had become too long.
    const from = size < offset ? 0 : offset;
    const length = Math.min(size - from, chunk);
    if (length === 0) return { text: '', offset: from };
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
    // A letter of several bytes may be cut in half at the end: what follows the last line end is read again.
    const end = bytesRead === chunk ? bytesRead : buffer.subarray(0, bytesRead).lastIndexOf(10) + 1;
    return { text: buffer.subarray(0, end).toString(), offset: from + end };
  } finally {
    await handle.close();
  }
}
