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

/** Whether kustomize would fetch this from somewhere else: a URL, or the short forms of Git hosts. */
export function looksRemote(path: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:/i.test(path) ||
    /^[\w.-]+@[\w.-]+:/.test(path) ||
    /^(www\.)?(github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com)\//i.test(path) ||
    /[?&](ref|version|timeout|submodules)=/.test(path) ||
    /\.git(\/|$|\?)/.test(path)
  );
}
