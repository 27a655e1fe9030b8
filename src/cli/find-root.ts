import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder a command works on from anywhere below it: of the nearest `berth.yaml`, else of the Git repository. */
export function findRoot(from: string): string {
  return nearestWith('berth.yaml', from) ?? nearestWith('.git', from) ?? from;
}

function nearestWith(name: string, folder: string): string | undefined {
  if (existsSync(join(folder, name))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestWith(name, parent);
}
