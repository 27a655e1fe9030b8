import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Lock {
  packages?: Record<string, { version?: string; dev?: boolean; optional?: boolean }>;
}

/** Whether a `node_modules` has what a lockfile asks for, by the list that npm leaves in it. */
export async function hasInstalled(nodeModules: string, lockfile: string | undefined): Promise<boolean> {
  const installed = await readFile(join(nodeModules, '.package-lock.json'), 'utf8').catch(() => undefined);
  const [wanted, present] = [parse(lockfile), parse(installed)];
  if (!wanted || !present) return false;
  return Object.entries(wanted.packages ?? {}).every(
    ([path, { version, dev, optional }]) =>
      path === '' || dev === true || optional === true || present.packages?.[path]?.version === version,
  );
}

function parse(text: string | undefined): Lock | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Lock);
  } catch {
    return undefined;
  }
}
