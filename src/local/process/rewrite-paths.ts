/** Absolute paths inside a container → where the same is on this machine. */
export type PathMap = ReadonlyMap<string, string>;

/**
 * A text of the manifest with the paths of a container replaced by those of this machine: `--target=/packages`,
 * `/packages:/app`, `file:///app/x`. What only looks like one (`http://host/app`, `./app`, `/app.old`) stays.
 */
export function rewritePaths(text: string, paths: PathMap): string {
  const from = [...paths.keys()].toSorted((a, b) => b.length - a.length);
  if (from.length === 0) return text;
  const pattern = new RegExp(`(^|file://|[^\\w./~})-])(${from.map(escapeExpression).join('|')})(?![\\w.-])`, 'g');
  return text.replaceAll(pattern, (_, before: string, path: string) => before + (paths.get(path) ?? path));
}

function escapeExpression(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
