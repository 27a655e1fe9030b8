import { existsSync, lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface RootPlan {
  /** What the pod asks for; in any order. */
  mounts: readonly { source: string; target: string; readOnly: boolean }[];
  /** Paths of this machine that its programs need, at the same place. */
  programs: readonly string[];
  /** Paths of this machine that it may write to, at the same place. */
  shared: readonly string[];
  /** Holds what is written to `/tmp`. */
  temporary: string;
  home: string;
  readOnly: boolean;
}

// What programs of this machine need to run. Homes are not among it.
const system = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'usr', 'etc', 'opt', 'nix', 'dev', 'proc', 'sys'];
const devices = new Set(['/dev', '/proc', '/sys']);

/** The steps for `make-root.sh` that make a container's root. Nothing outside the namespace is created or changed. */
export function privateRoot({ mounts, programs, shared, temporary, home, readOnly }: RootPlan): readonly string[] {
  const targets = mounts.map(({ target }) => target);
  const bases = system.map((name) => `/${name}`).filter((path) => existsSync(path));
  const visible = (path: string): boolean => bases.some((base) => path === base || path.startsWith(`${base}/`));
  // A place that this machine has not must not be made in its own folders: those are taken apart instead.
  const apart = new Set(targets.filter((path) => visible(path) && !existsSync(path)).flatMap(existingAncestors));
  const steps = bases.flatMap((path) => baseSteps(path, apart, new Set(targets)));
  steps.push('bind', temporary, '/tmp', 'folder', '/var/tmp', 'folder', '/run', 'folder', home);
  const sorted = mounts.toSorted((a, b) => a.target.length - b.target.length);
  for (const { source, target } of sorted) steps.push('bind', source, target);
  const own = [...programs, ...resolverFolder()].filter((path) => !visible(path) && existsSync(path));
  for (const path of own) steps.push('bind', path, path);
  for (const path of shared) if (!visible(path)) steps.push('bind', path, path);
  for (const path of own) steps.push('read-only', path);
  for (const { target } of sorted.filter((mount) => mount.readOnly)) steps.push('read-only', target);
  if (readOnly) steps.push('seal');
  return steps;
}

function baseSteps(path: string, apart: ReadonlySet<string>, targets: ReadonlySet<string>): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || targets.has(path)) return [];
  if (found.isSymbolicLink()) return ['link', readlinkSync(path), path];
  if (apart.has(path)) {
    return ['folder', path, ...readdirSync(path).flatMap((name) => baseSteps(join(path, name), apart, targets))];
  }
  if (devices.has(path) || path.startsWith('/dev/')) return ['bind', path, path];
  return found.isDirectory() || found.isFile() ? ['bind', path, path, 'read-only', path] : [];
}

function existingAncestors(path: string): string[] {
  const above = dirname(path);
  if (above === '/') return [];
  return existsSync(above) ? [above, ...existingAncestors(above)] : existingAncestors(above);
}

/** `/etc/resolv.conf` is often a link to where the resolver runs. */
function resolverFolder(): string[] {
  try {
    return [dirname(realpathSync('/etc/resolv.conf'))].filter((folder) => folder.startsWith('/run/'));
  } catch {
    return [];
  }
}
