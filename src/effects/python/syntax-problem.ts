import type { SyntaxProblem } from '../python.ts';
import { runProgram } from '../run-program.ts';
import { findUv } from './find-uv.ts';

// Parses and never runs: `compile` would warn, `ast` is the grammar alone.
const script = `
import ast, json, sys
try:
    ast.parse(sys.stdin.buffer.read(), "server.py")
except (SyntaxError, ValueError, RecursionError, MemoryError) as e:
    print(json.dumps({"message": getattr(e, "msg", None) or str(e), "line": getattr(e, "lineno", 1) or 1, "column": getattr(e, "offset", 1) or 1}))
else:
    print("null")
`;
const isolated = ['-I', '-S', '-c', script];

/** Where Python source does not parse, as CPython says it; any Python of this machine will do. */
export async function syntaxProblem(
  source: string,
  signal: AbortSignal,
): Promise<SyntaxProblem | 'unchecked' | undefined> {
  const uv = await findUv();
  const candidates: [string, string[]][] = [
    ['python3', isolated],
    ...(uv === undefined
      ? []
      : [[uv, ['run', '--no-project', '--quiet', 'python', ...isolated]] as [string, string[]]]),
  ];
  for (const [program, args] of candidates) {
    const answer = await runProgram(program, args, { input: source, signal, seconds: 60 });
    if (answer?.code === 0) return (JSON.parse(answer.stdout) as SyntaxProblem | null) ?? undefined;
  }
  return 'unchecked';
}
