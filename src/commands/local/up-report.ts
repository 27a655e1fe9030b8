import type { LocalServer, LocalState } from '../../effects/cluster/local/local-cluster.ts';
import type { MissingSecret } from '../../local/types.ts';
import type { FaultReport, Proof } from '../../proof/types.ts';
import type { McpServer } from '../../repository/types.ts';
import { whatIsWrong } from './what-is-wrong.ts';

/** What came of one server: proven or not, or why it does not even run. */
export interface UpServer {
  name: string;
  url: string;
  /** `python`, `node`, `image`. */
  runs: string;
  /** `blocked`: something that only the user can give or change. */
  state: 'proven' | 'listed' | 'failed' | 'blocked';
  proof?: Proof;
  /** The known one that its pods and its log show. */
  fault?: FaultReport;
  /** Keys of secrets that nobody has given. */
  missing: readonly MissingSecret[];
  reason?: string;
  /** Of a container that does not stay up. */
  lastLogLines?: readonly string[];
}

const shownLines = 5;

type Settled = Pick<UpServer, 'name' | 'url' | 'missing' | 'reason' | 'lastLogLines'> & {
  state: 'ready' | 'blocked' | 'failed';
};

/** What a server has become, once that is worth a line; undefined while it is on its way. */
export function settledState(
  { name, url, refusal, workload }: LocalServer,
  { missing }: Pick<LocalState, 'missing'>,
): Settled | undefined {
  const lacks = missing.filter((each) => each.workload === workload.ref.name);
  const server = { name, url, missing: lacks };
  if (lacks.length > 0) return { ...server, state: 'blocked' };
  if (refusal !== undefined) return { ...server, state: 'blocked', reason: refusal };
  if (workload.complete) return { ...server, state: 'ready' };
  // It fails again and again, and is told once.
  const reason = whatIsWrong(workload, { counting: false }) ?? workload.stalled;
  if (reason === undefined) return undefined;
  const { lastLogLines = [] } = workload.pods.at(-1) ?? {};
  return { ...server, state: 'failed', reason, lastLogLines: lastLogLines.slice(-shownLines) };
}

/** In a word, what its code is written in. */
export function runsOf(server: McpServer | undefined): string {
  if (!server || server.pattern === 'image') return 'image';
  const image = server.image.split('/').at(-1) ?? '';
  return /python|uv|fastmcp/.test(image) ? 'python' : /node|bun|deno/.test(image) ? 'node' : 'code';
}
