import type { Files } from '../../src/effects/files.ts';

export interface MemoryFiles extends Files {
  readonly contents: Map<string, string>;
}

/** A working tree that is nowhere but in memory. */
export function memoryFiles(initial: Readonly<Record<string, string>> = {}): MemoryFiles {
  const contents = new Map(Object.entries(initial));
  return {
    contents,
    readAll: async (extensions) =>
      new Map([...contents].filter(([file]) => extensions.some((extension) => file.endsWith(extension)))),
    read: async (file) => contents.get(file),
    write: async (file, text) => void contents.set(file, text),
    remove: async (file) => void contents.delete(file),
  };
}
