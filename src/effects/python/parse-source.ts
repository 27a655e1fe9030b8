import type { ParsedSource } from '../python.ts';
import { runProgram } from '../run-program.ts';
import { findUv } from './find-uv.ts';

// Parses and never runs: `compile` would warn, `ast` is the grammar alone.
const script = `
import ast, json, sys
try:
    tree = ast.parse(sys.stdin.buffer.read(), "server.py")
except (SyntaxError, ValueError, RecursionError, MemoryError) as e:
    print(json.dumps({"problem": {"message": getattr(e, "msg", None) or str(e), "line": getattr(e, "lineno", 1) or 1, "column": getattr(e, "offset", 1) or 1}}))
else:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    print(json.dumps({"imports": sorted(names - set(getattr(sys, "stdlib_module_names", names)))}))
`;
const isolated = ['-I', '-S', '-c', script];

/** Asks CPython; any one of this machine will do. */
export async function parseSource(source: string, signal: AbortSignal): Promise<ParsedSource | undefined> {
  const uv = await findUv();
  const candidates: [string, string[]][] = [
    ['python3', isolated],
    ...(uv === undefined
      ? []
      : [[uv, ['run', '--no-project', '--quiet', 'python', ...isolated]] as [string, string[]]]),
  ];
  for (const [program, args] of candidates) {
    const answer = await runProgram(program, args, { input: source, signal, seconds: 60 });
    if (answer?.code === 0) return JSON.parse(answer.stdout) as ParsedSource;
  }
  return undefined;
}
