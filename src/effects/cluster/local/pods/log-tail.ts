import { open } from 'node:fs/promises';
import { stripControls } from './strip-controls.ts';

const chunk = 64 * 1024;

/** The last lines of a log, without reading the rest of it; empty where there is none. */
export async function tailOf(file: string, lines: number): Promise<string[]> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, chunk);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const text = buffer.subarray(0, bytesRead).toString();
    const all = text.split('\n').slice(size > length ? 1 : 0);
    if (all.at(-1) === '') all.pop();
    return lines === 0 ? [] : all.slice(-lines).map((line) => stripControls(line).slice(0, 4096));
  } finally {
    await handle.close();
  }
}
