export { isWithin, joinPath } from '../paths.ts';

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
