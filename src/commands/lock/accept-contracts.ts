import { BerthError } from '../../errors.ts';
import { printLock } from '../../lock/print-lock.ts';
import { lockFile, readLock } from '../../lock/read-lock.ts';
import type { Lock, LockedServer } from '../../lock/types.ts';
import { lockedServerOf, withServer } from '../../lock/with-server.ts';
import { type ContractChange, contractChanges } from '../../proof/contract-changes.ts';
import type { Context } from '../define-command.ts';
import { proveServer } from '../verify/prove-server.ts';
import { type HowToAsk, serverTargets } from '../verify/server-targets.ts';

export interface LockReport {
  version: 1;
  servers: readonly {
    name: string;
    cluster: string;
    revision: string;
    tools: readonly string[];
    /** What was accepted; absent where nothing was asked. */
    changes?: readonly ContractChange[];
    /** Why it was not: a server is accepted only when a call proves it. */
    refused?: { message: string; hint: string };
  }[];
}

export async function showLock({ files }: Context): Promise<LockReport> {
  const lock = readLock(await files.read(lockFile));
  return { version: 1, servers: Object.entries(lock.servers).map(([name, server]) => rowOf(name, server)) };
}

/**
 * Proves servers as they are now, and writes their contracts into the lock of the working tree. All of them, or none.
 */
export async function acceptContracts(
  context: Context,
  names: readonly string[],
  timeoutSeconds: number,
): Promise<LockReport> {
  const before = readLock(await context.files.read(lockFile));
  const asked: HowToAsk = { cluster: undefined, headers: {}, canary: {}, timeoutSeconds };
  const rows: LockReport['servers'][number][] = [];
  let after: Lock = before;
  const targets = await serverTargets(context, names, asked);
  // On each of its URLs a server offers the same; one is enough to read it.
  for (const target of new Map(targets.toReversed().map((each) => [each.server.name, each])).values()) {
    const { name } = target.server;
    const locked = lockedServerOf(before, name);
    if (!locked) {
      throw new BerthError('SERVER_UNKNOWN', `${lockFile} has no server ${name}`, {
        hint: `It gets there when it is proven the first time: berth deploy ${name}`,
      });
    }
    context.progress(`asking ${name} at ${target.url}`);
    const { proof, protocolVersions } = await proveServer(context, { ...target, locked: undefined });
    if (proof.verdict !== 'proven' || !proof.contract) {
      const { message, hint } = proof.fault ?? notCalled;
      rows.push({ ...rowOf(name, locked), refused: { message, hint } });
      continue;
    }
    const { contract } = proof;
    const now = { ...locked, contract, protocolVersions };
    rows.push({ ...rowOf(name, now), changes: contractChanges(locked.contract, contract) });
    after = withServer(after, name, now);
  }
  const text = printLock(after);
  const accepted = rows.every(({ refused }) => refused === undefined);
  if (accepted && text !== printLock(before)) await context.files.write(lockFile, text);
  return { version: 1, servers: rows };
}

const notCalled = {
  message: 'it lists its tools, and none could be called',
  hint: 'Say what proves it: the annotation mcp-berth.dev/canary.',
};

function rowOf(name: string, { cluster, revision, contract }: LockedServer): LockReport['servers'][number] {
  return { name, cluster, revision, tools: Object.keys(contract.tools) };
}
