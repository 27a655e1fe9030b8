/** `a/b` and `../c` make `a/c`. Undefined where the path leaves the repository; the root is the empty string. */
export function joinPath(directory: string, path: string): string | undefined {
  const parts: string[] = directory === '' ? [] : directory.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** Whether a path is the directory itself or lies below it. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}
