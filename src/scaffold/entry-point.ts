const usual = ['server', 'src/server', 'index', 'src/index', 'main', 'src/main'];
const endings = ['.ts', '.mts', '.js', '.mjs'];

/** The file that starts a TypeScript project: what its `package.json` calls `source`, or the usual names. */
export function entryPoint(files: ReadonlyMap<string, string>): string | undefined {
  const said = sourceOf(files.get('package.json') ?? '{}')?.replace(/^\.\//, '');
  if (said !== undefined && files.has(said)) return said;
  return usual.flatMap((name) => endings.map((end) => `${name}${end}`)).find((name) => files.has(name));
}

function sourceOf(packageJson: string): string | undefined {
  try {
    const { source } = JSON.parse(packageJson) as { source?: unknown };
    return typeof source === 'string' ? source : undefined;
  } catch {
    return undefined;
  }
}

/** The Node version of an image, from its tag: `node:22-slim` → 22. */
export function nodeVersionOf(image: string): string {
  return /:[^@/:]*?(\d+(?:\.\d+)?)[^@/:]*(?:@|$)/.exec(image)?.[1] ?? '20';
}
