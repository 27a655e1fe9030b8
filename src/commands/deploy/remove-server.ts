import { clientOf } from '../../clients/client-of.ts';
import { reached } from '../../effects/fault-points.ts';
import type { FileChange, GitTarget } from '../../effects/git.ts';
import { BerthError } from '../../errors.ts';
import { lockFile, readLock } from '../../lock/read-lock.ts';
import { lockedServerOf } from '../../lock/with-server.ts';
import { withoutListed } from '../../plan/list-in-kustomization.ts';
import { planRemove } from '../../plan/plan-remove.ts';
import { withoutDocuments } from '../../plan/without-documents.ts';
import type { Context } from '../define-command.ts';
import { confirmGone } from './confirm-gone.ts';
import { goOn } from './go-on.ts';
import { manifestsOf } from './own-files.ts';
import { type Trees, readTrees } from './read-trees.ts';
import { lockChange, withoutEntry } from './record-changes.ts';
import { type ServerForm, serverForm } from './server-form.ts';
import { type Setting, whereTo } from './setting.ts';

type RemovePlan = ReturnType<typeof planRemove>;

export interface RemovalPlanned {
  version: 1;
  target: GitTarget;
  steps: RemovePlan;
}

export interface Removed {
  version: 1;
  name: string;
  cluster: string;
  target: GitTarget;
  outcome: 'gone' | 'not-confirmed' | 'declined';
  /** The commit that took it out. */
  commit?: string;
  pushed?: boolean;
  /** What the cluster said last. */
  text?: string;
  next?: string;
  local?: { moved: boolean; command?: string; reason?: string };
}

/** Takes a server out of Git in one commit, and waits until the cluster has let it go. */
export async function removeServer(
  context: Context,
  setting: Setting,
  { dryRun, yes }: { dryRun: boolean; yes: boolean },
): Promise<RemovalPlanned | Removed> {
  const { git, signal } = context;
  const { target, name, cluster, timeoutSeconds } = setting;
  const trees = await readTrees(context, setting);
  const found = await findRemoval(context, setting, trees);
  const { namespace, workload } = found.served.form;
  const ref = { namespace, name: workload };
  const changes = found.removedBy === undefined ? await takingOut(context, setting, trees, found.served) : [];

  const whole = changes.filter((change) => 'remove' in change).map(({ file }) => file);
  const shared = changes.filter((change) => !('remove' in change)).map(({ file }) => file);
  const about = { server: name, cluster: cluster.name, namespace, workload, target, timeoutSeconds };
  const onCluster = (await cluster.observe(ref, signal)) !== undefined;
  const onTarget = found.removedBy === undefined;
  const steps = planRemove({ ...about, files: whole, shared }, { onTarget, onCluster });
  if (dryRun) return { version: 1, target, steps };

  const result = { version: 1, name, cluster: cluster.name, target } as const;
  const what = `Remove ${name}: ${[...whole, ...shared].join(', ')}.`;
  if (onTarget && !(await goOn(context, setting, { yes, what, required: true }))) {
    return { ...result, outcome: 'declined' };
  }
  const [takeOut] = steps;
  const { commit, pushed } =
    takeOut?.do === 'take-out' && onTarget
      ? await git.commitAndPush({ target, changes, message: takeOut.message, trailers: takeOut.trailers }, signal)
      : { commit: found.removedBy ?? '', pushed: false };
  reached('taken-out');
  const local = await git.fastForward(target, (await git.fetch(target, signal)) ?? commit);
  const { gone, ...seen } = await confirmGone(context, cluster, ref, { revision: commit, timeoutSeconds });
  return { ...result, outcome: gone ? 'gone' : 'not-confirmed', commit, pushed, local, ...seen };
}

interface FoundRemoval {
  served: ServerForm;
  /** The commit that has taken it out already. */
  removedBy?: string;
}

/** The server on the target; or, where an earlier run was cut off after its push, as it was there before. */
async function findRemoval(context: Context, setting: Setting, { head, onTarget, here }: Trees): Promise<FoundRemoval> {
  try {
    return { served: serverForm(onTarget, setting) };
  } catch (error) {
    if (!(error instanceof BerthError) || error.code !== 'SERVER_UNKNOWN') throw error;
    const before = head === undefined ? undefined : await beforeRemoval(context, setting, head, onTarget);
    if (before) return before;
    if ([...here.keys()].some((file) => file.endsWith(`/${setting.name}-mcp.yaml`))) {
      throw new BerthError('SERVER_UNKNOWN', `${setting.name} was never pushed to ${whereTo(setting.target)}`, {
        hint: 'It is in your working tree alone: delete its files, and its line in kustomization.yaml.',
        cause: error,
      });
    }
    throw error;
  }
}

async function beforeRemoval(
  { git }: Context,
  setting: Setting,
  head: string,
  onTarget: ReadonlyMap<string, string>,
): Promise<FoundRemoval | undefined> {
  const [newest] = await git.commitsWithTrailer(head, 'Berth-Server', setting.name);
  const changes = newest ? await git.changesOf(newest.commit) : [];
  const went = changes.filter(({ file, after }) => after === undefined && /\.ya?ml$/.test(file));
  if (!newest || went.length === 0) return undefined;
  const files = new Map([...onTarget, ...went.map(({ file, before = '' }) => [file, before] as const)]);
  return { served: serverForm(files, setting), removedBy: newest.commit };
}

/** Manifests and source go as a whole; what others use as well loses what is about this server. */
async function takingOut(
  { git }: Context,
  { platform, name, read }: Setting,
  { head, onTarget }: Trees,
  { server, repository, kustomization }: ServerForm,
): Promise<FileChange[]> {
  const changes: FileChange[] = [];
  const manifests = manifestsOf(server);
  for (const file of new Set(manifests.map((manifest) => manifest.file))) {
    const own = new Set(manifests.flatMap((one) => (one.file === file ? [one.document.index] : [])));
    const all = repository.yamlFiles.get(file)?.documents ?? [];
    if (all.every(({ index }) => own.has(index))) changes.push({ file, remove: true });
    else changes.push({ file, change: (text) => text && withoutDocuments(read(file, text), own) });
  }
  if (head === undefined) return changes;
  for (const file of await git.listFilesAt(head, `${platform.servers.directory}/servers/${name}/`)) {
    changes.push({ file, remove: true });
  }

  const gone = changes.filter((change) => 'remove' in change).map(({ file }) => file);
  if (kustomization !== undefined) {
    const unlisted = (text: string | undefined) =>
      gone.reduce((rest, file) => withoutListed(kustomization, rest, file), text);
    const list = onTarget.get(kustomization);
    if (unlisted(list) !== list) changes.push({ file: kustomization, change: unlisted });
  }
  for (const { file } of platform.clients) {
    if (clientOf(file).entryText(await git.show(head, file), file, name) === undefined) continue;
    changes.push(withoutEntry(file, name));
  }
  const lock = await git.show(head, lockFile);
  if (lockedServerOf(readLock(lock), name)) changes.push(lockChange(name, undefined));
  return changes;
}
