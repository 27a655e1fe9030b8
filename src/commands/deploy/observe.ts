import type { Git } from '../../effects/git.ts';
import { lockFile, readLock } from '../../lock/read-lock.ts';
import type { LockedServer } from '../../lock/types.ts';
import { lockedServerOf } from '../../lock/with-server.ts';
import { deployId } from '../../plan/deploy-id.ts';
import { type DeployedForm, deployedForm } from '../../plan/deployed-form.ts';
import { lockedServer } from '../../plan/locked-server.ts';
import type { Deployment, Observed } from '../../plan/plan-deploy.ts';
import { insideUrl, plannedEntries } from '../../plan/planned-entries.ts';
import type { Context } from '../define-command.ts';
import { type GitView, gitView } from './git-view.ts';
import type { Trees } from './read-trees.ts';
import { entryChanges } from './record-changes.ts';
import { type Wanted, look } from './roll-out.ts';
import type { Setting } from './setting.ts';

/** The world at one moment, and what is wanted of it. */
export interface Moment {
  view: GitView;
  form: DeployedForm;
  deployment: Deployment;
  observed: Observed;
}

/** Looks at Git and at the cluster. Nothing is changed by it. */
export async function observe(
  context: Context,
  setting: Setting & { pullRequest: boolean },
  trees: Trees,
): Promise<Moment> {
  const { git } = context;
  const { platform, cluster, target, name, timeoutSeconds, pullRequest, read } = setting;
  const view = await gitView(context, setting, trees);
  const { server, head, fetched, changes, own, place, listedOnTarget } = view;
  const form = deployedForm(view.repository.files, place, server, read);
  const entries = plannedEntries(server, form, platform.clients, (service) => cluster.outsideUrl(service));
  const locked = await lockedOn(git, head, name);
  const abandoned = Object.keys(locked?.clients ?? {}).filter((file) => !entries.some((entry) => entry.file === file));
  const missing = [
    ...changes.map(({ file }) => file),
    ...(listedOnTarget || place.file === undefined ? [] : [place.file]),
  ];
  const revision = fetched === undefined || missing.length > 0 ? undefined : await git.lastCommitOf(fetched, own);
  const deploy = revision === undefined ? deployId(name, head, changes) : await deployOf(git, name, revision, head);

  const deployment: Deployment = {
    server,
    form,
    cluster: cluster.name,
    target,
    files: own,
    kustomization: place.file ?? null,
    entries,
    abandoned,
    proofUrl: insideUrl(server, form) ?? '',
    deploy,
    timeoutSeconds,
    pullRequest,
  };
  return {
    view,
    form,
    deployment,
    observed: {
      written: true,
      listed: listedOnTarget || view.listedHere,
      knownOnTarget: view.onTarget.has(server.file),
      missingOnTarget: missing,
      revision,
      rolledOut: revision !== undefined && (await isRolledOut(context, setting, wantedOf(deployment, revision))),
      unconnected: await unconnected(git, head, deployment),
      locked: revision !== undefined && (await isLocked(git, deployment, revision, head, locked)),
    },
  };
}

/** What step 4 waits for. */
export function wantedOf({ form, timeoutSeconds }: Deployment, revision: string): Wanted {
  const { namespace, workload, image, codeHash } = form;
  return { workload: { namespace, name: workload }, revision, image, codeHash, timeoutSeconds };
}

async function isRolledOut({ git, signal }: Context, { cluster }: Setting, wanted: Wanted): Promise<boolean> {
  return (await look(git, cluster, wanted, signal)).ok;
}

/** The commits of one deploy share a name; one that somebody pushed by hand gets its name from the commit. */
async function deployOf(git: Git, name: string, revision: string, head: string | undefined): Promise<string> {
  const [newest] = head === undefined ? [] : await git.commitsWithTrailer(head, 'Berth-Server', name);
  const named = newest?.trailers['Berth-Deploy'];
  if (newest && named !== undefined && (await git.isAncestor(revision, newest.commit))) return named;
  return deployId(name, revision, []);
}

/** Client files that the follow-up commit will change. */
async function unconnected(git: Git, head: string | undefined, deployment: Deployment): Promise<string[]> {
  const files: string[] = [];
  for (const change of entryChanges(deployment)) {
    const text = head === undefined ? undefined : await git.show(head, change.file);
    if ('change' in change && change.change(text) !== text) files.push(change.file);
  }
  return files;
}

async function lockedOn(git: Git, head: string | undefined, name: string): Promise<LockedServer | undefined> {
  const text = head === undefined ? undefined : await git.show(head, lockFile);
  return lockedServerOf(readLock(text), name);
}

/** Whether the lock on the target says that this server was proven as it is. */
async function isLocked(
  git: Git,
  deployment: Deployment,
  revision: string,
  head: string | undefined,
  locked: LockedServer | undefined,
): Promise<boolean> {
  if (!locked || head === undefined) return false;
  if (locked.revision !== revision && !(await hasSameFiles(git, deployment, locked, head))) return false;
  const { cluster, image, codeHash, clients } = lockedServer(deployment, revision, locked);
  return (
    locked.cluster === cluster &&
    locked.image === image &&
    locked.codeHash === codeHash &&
    hasSameEntries(locked.clients, clients)
  );
}

function hasSameEntries(a: LockedServer['clients'], b: LockedServer['clients']): boolean {
  const files = Object.keys(a);
  return files.length === Object.keys(b).length && files.every((file) => a[file] === b[file]);
}

/** A clone that does not go back far enough takes a later commit for the one that brought the server. */
async function hasSameFiles(
  git: Git,
  { files }: Deployment,
  { revision }: LockedServer,
  head: string,
): Promise<boolean> {
  if (!(await git.isAncestor(revision, head))) return false;
  for (const file of files) if ((await git.show(revision, file)) !== (await git.show(head, file))) return false;
  return true;
}
