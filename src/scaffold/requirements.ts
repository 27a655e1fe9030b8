import { createHash } from 'node:crypto';

/**
 * A lock that says what it was made from, so that nobody has to ask the package index again while that stays the same.
 */
export function stampedLock(requirements: string, lock: string): string {
  return `${stampOf(requirements)}\n${withoutStamp(lock)}`;
}

export function isLockOf(requirements: string, lock: string): boolean {
  return lock.startsWith(`${stampOf(requirements)}\n`);
}

const stamp = '# Made by berth from requirements.in ';

function stampOf(requirements: string): string {
  return `${stamp}(sha256 ${createHash('sha256').update(requirements).digest('hex').slice(0, 16)}): do not edit.`;
}

const withoutStamp = (lock: string): string => (lock.startsWith(stamp) ? lock.slice(lock.indexOf('\n') + 1) : lock);

/** `httpx`, `httpx==0.28.1`: adds packages, or takes another version of them. */
export function withRequirements(text: string, added: readonly string[]): string {
  const lines = text.split('\n').filter((line, index, all) => line !== '' || index < all.length - 1);
  for (const requirement of added) {
    const at = lines.findIndex((line) => packageName(line) === packageName(requirement));
    if (at < 0) lines.push(requirement);
    else lines[at] = requirement;
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Imported modules of which no package has the name. A package may bring a module of another name (PyYAML: yaml), so
 * that this is a hint and no error. Without a lock the image has the packages, and nothing is known.
 */
export function missingPackages(imports: readonly string[], lock: string | undefined): string[] {
  if (lock === undefined) return [];
  const present = new Set(lock.split('\n').map(packageName));
  return imports.filter((module) => !present.has(packageName(module)));
}

/** As PEP 503 compares names; undefined for comments and options. */
function packageName(requirement: string): string | undefined {
  const name = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(requirement)?.[1];
  return name?.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

/** The dependencies in the `# /// script` block of a Python file (PEP 723); undefined where it has none. */
export function scriptRequirements(program: string): string | undefined {
  const block = /^# \/\/\/ script\n((?:#[^\n]*\n)*?)# \/\/\/$/m.exec(program)?.[1];
  if (block === undefined) return undefined;
  const toml = block.replaceAll(/^# ?/gm, '');
  // Brackets within it (`fastmcp[apps]`) do not end a line.
  const list = /^dependencies\s*=\s*\[([\s\S]*?)\]\s*$/m.exec(toml)?.[1];
  if (list === undefined) return undefined;
  const found = [...list.matchAll(/"([^"]+)"|'([^']+)'/g)].map(([, double, single]) => double ?? single ?? '');
  return `${found.join('\n')}\n`;
}
