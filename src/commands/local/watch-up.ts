import type { LocalCluster, LocalServer, LocalState } from '../../effects/cluster/local/local-cluster.ts';
import { BerthError } from '../../errors.ts';
import type { Platform } from '../../platform/types.ts';
import { mcpServers } from '../../repository/mcp-servers.ts';
import type { McpServer } from '../../repository/types.ts';
import type { Context } from '../define-command.ts';
import { loadRepository } from '../load-repository.ts';
import { proveServer } from '../verify/prove-server.ts';
import { runsOf, settledState, type UpServer } from './up-report.ts';
import type { UpEvent } from './up-text.ts';

export interface WhatIsUp {
  platform: Platform;
  cluster: LocalCluster;
  servers: readonly string[];
}

const proofSeconds = 30;
/** What is said of anything that does not answer: its pods say more. */
const vague = new Set(['unreachable', 'backend-missing']);

/** Runs the cluster until the signal ends it, and says of each server what came of it, whenever that changes. */
export async function watchUp(context: Context, { platform, cluster, servers }: WhatIsUp): Promise<UpServer[]> {
  const results = new Map<string, UpServer>();
  const told = new Map<string, string>();
  const notes = new Set<string>();
  const emit = (event: UpEvent): void => context.emit(event);
  let width = 0;
  let total = 0;
  let summary = '';

  const note = (text: string): void => {
    if (!notes.has(text)) emit({ event: 'note', text });
    notes.add(text);
  };
  const show = (server: UpServer): void => {
    results.set(server.name, server);
    emit({ event: 'server', server, width });
    const settled = [...results.values()];
    const up = settled.filter(({ state }) => state === 'proven' || state === 'listed').length;
    const failed = settled.find(({ state }) => state === 'failed')?.name;
    const line = `${up} ${total} ${failed}`;
    if (settled.length < total || line === summary) return;
    summary = line;
    emit({ event: 'up', up, all: total, ...(failed === undefined ? {} : { failed }) });
  };
  const look = async (server: LocalServer, state: LocalState): Promise<void> => {
    const seen = settledState(server, state);
    if (!seen) return context.progress(`${server.name} is starting`);
    const pods = server.workload.pods.map(({ name }) => name).join();
    const { lastLogLines, ...lasting } = seen;
    const key = JSON.stringify([lasting, seen.state === 'ready' ? pods : '']);
    if (told.get(server.name) === key) return undefined;
    told.set(server.name, key);
    const known = await manifestOf(context, platform, server.name);
    const { state: settled, ...rest } = lasting;
    if (settled !== 'ready') {
      const fault = settled === 'failed' ? (await prove(context, cluster, server, known)).proof?.fault : undefined;
      const shown = { ...rest, runs: runsOf(known), state: settled, ...(lastLogLines ? { lastLogLines } : {}) };
      return show(fault && !vague.has(fault.id) ? { ...shown, fault } : shown);
    }
    context.progress(`asking ${server.name}`);
    const proven = await prove(context, cluster, server, known);
    if (told.get(server.name) === key) show({ ...rest, runs: runsOf(known), ...proven });
    return undefined;
  };

  // A file that cannot be read just now: the next save may mend it. Anything else is a bug and keeps its stack.
  const report = (error: unknown): void => {
    if (!(error instanceof BerthError)) throw error;
    note(error.message);
  };

  const changed = (state: LocalState): void => {
    total = state.servers.length;
    width = Math.max(width, ...state.servers.map(({ name }) => name.length));
    if (state.error !== undefined) note(state.error);
    if (state.uncommitted.length > 0) note(uncommittedText(state.uncommitted));
    const notEnforced = new Set(state.servers.flatMap((server) => server.notEnforced));
    if (notEnforced.size > 0) note(`not enforced on this machine: ${[...notEnforced].join(', ')}`);
    for (const server of state.servers) look(server, state).catch(report);
  };
  await cluster.up({ servers, changed, signal: context.signal });
  return [...results.values()];
}

async function prove(
  context: Context,
  cluster: LocalCluster,
  { url, workload: { ref } }: LocalServer,
  server: McpServer | undefined,
): Promise<Pick<UpServer, 'state' | 'proof' | 'reason'>> {
  if (!server) return { state: 'failed', reason: 'its manifest cannot be read any more' };
  try {
    const { proof } = await proveServer(context, { server, cluster, workload: ref, url, timeoutSeconds: proofSeconds });
    return { state: proof.verdict, proof };
  } catch (error) {
    if (error instanceof BerthError) return { state: 'failed', reason: error.message };
    if (context.signal.aborted) return { state: 'failed', reason: 'stopped' };
    throw error;
  }
}

async function manifestOf(context: Context, platform: Platform, name: string): Promise<McpServer | undefined> {
  return mcpServers(await loadRepository(context), platform).find((server) => server.name === name);
}

function uncommittedText(files: readonly string[]): string {
  const [first = '', ...others] = files.filter((file) => !file.startsWith('.berth/'));
  return `not committed: ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}
