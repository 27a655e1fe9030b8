import { readCanary } from './read-canary.ts';
import type { Manifest, McpServer, ServerProblem } from './types.ts';
import { valueAt } from './value-at.ts';

const canaryExample = `Write it like this: '{"tool":"forecast","args":{"city":"Oslo"},"mustMatch":"temperature"}'`;

type Annotated = Pick<McpServer, 'description' | 'canary' | 'package' | 'token' | 'problems'> & {
  path: string | undefined;
  transport: McpServer['transport'] | undefined;
};

/** What the annotations `mcp-berth.dev/…` of a workload say; what they say wrongly is kept as a problem. */
export function readAnnotations(workload: Manifest): Annotated {
  const problems: ServerProblem[] = [];
  const read = <T>(name: string, parse: (text: string) => T | { wrong: string }, hint: string): T | undefined => {
    const key = `mcp-berth.dev/${name}`;
    const value = valueAt(workload.value, 'metadata', 'annotations', key);
    if (value === undefined || value === null) return undefined;
    const parsed = typeof value === 'string' ? parse(value) : { wrong: 'must be text, in quotes' };
    if (!isWrong(parsed)) return parsed;
    const position = workload.fieldAt(['metadata', 'annotations', key])?.position ?? workload.document.position;
    problems.push({ message: `the annotation ${key} of ${workload.name} ${parsed.wrong}`, hint, position });
    return undefined;
  };

  return {
    path: read('path', (text) => (/^\/\S*$/.test(text) ? text : { wrong: 'is no path' }), 'Begin it with "/": /mcp.'),
    transport: read(
      'transport',
      (text) => (text === 'streamable-http' || text === 'sse' ? text : { wrong: 'names no transport of ours' }),
      'Write streamable-http or sse.',
    ),
    description: read('description', (text) => text.trim() || undefined, ''),
    canary: read('canary', readCanary, canaryExample),
    package: read('package', readPackage, 'Write pypi:NAME==VERSION or npm:NAME@VERSION.'),
    token: read('token', readToken, 'Write <secret>/<key>: weather-mcp-secrets/MCP_TOKEN.'),
    problems,
  };
}

const isWrong = (parsed: unknown): parsed is { wrong: string } =>
  typeof parsed === 'object' && parsed !== null && 'wrong' in parsed;

function readPackage(text: string): string | { wrong: string } {
  const pypi = /^pypi:[A-Za-z0-9][\w.-]*(\[[\w.,-]+\])?==[\w.+!-]+$/;
  const npm = /^npm:(@[\w.-]+\/)?[A-Za-z0-9][\w.-]*@[\w.+-]+$/;
  return pypi.test(text) || npm.test(text) ? text : { wrong: 'names no package with its version' };
}

function readToken(text: string): { secret: string; key: string } | { wrong: string } {
  const [, secret, key] = /^([a-z0-9][a-z0-9.-]*)\/([\w.-]+)$/.exec(text) ?? [];
  return secret !== undefined && key !== undefined ? { secret, key } : { wrong: 'names no key of a Secret' };
}
