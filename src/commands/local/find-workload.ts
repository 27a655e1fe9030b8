import type { Cluster, WorkloadRef } from '../../effects/cluster/cluster.ts';
import { BerthError } from '../../errors.ts';
import type { Platform } from '../../platform/types.ts';
import { findServer } from '../../repository/find-server.ts';
import type { Context } from '../define-command.ts';
import { loadRepository } from '../load-repository.ts';

/** The workload of a server by `weather` or `weather-mcp`: as the cluster has it, else as the repository says. */
export async function findWorkload(
  context: Context,
  platform: Platform,
  cluster: Cluster,
  name: string,
): Promise<WorkloadRef> {
  const names = new Set([name, `${name}-mcp`]);
  const running = (await cluster.observeAll(context.signal)).map(({ ref }) => ref).filter((ref) => names.has(ref.name));
  const [found, another] = running;
  if (found && another) {
    throw new BerthError('SERVER_DUPLICATE', `${name} runs in ${found.namespace} and in ${another.namespace}`, {
      hint: 'Rename one of them.',
    });
  }
  if (found) return found;
  const { namespace, workload } = findServer(await loadRepository(context), platform, name);
  return { namespace, name: workload.name };
}
