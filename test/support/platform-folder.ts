import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface PlatformFolder {
  root: string;
  write: (file: string, text: string) => void;
  read: (file: string) => string;
  /** Every file, without installed packages. */
  files: () => Record<string, string>;
}

/** A platform's repository on disk, without Git; gone after the test. */
export function platformFolder(files: Readonly<Record<string, string>>): PlatformFolder {
  const root = mkdtempSync(join(tmpdir(), 'berth-platform-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  return {
    root,
    write,
    read,
    files: () =>
      Object.fromEntries(
        readdirSync(root, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
          .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
          .toSorted()
          .map((file) => [file, read(file)]),
      ),
  };
}
