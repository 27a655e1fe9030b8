import type { GitTarget } from '../../effects/git.ts';
import { BerthError } from '../../errors.ts';
import { type DeployedFile, combined, takenBack } from '../../plan/take-back.ts';
import type { Context } from '../define-command.ts';
import { confirmGone } from './confirm-gone.ts';
import { goOn } from './go-on.ts';
import { readTrees } from './read-trees.ts';
import { rollOut } from './roll-out.ts';
import { type ServerForm, serverForm } from './server-form.ts';
import { type Setting, whereTo } from './setting.ts';

export interface Reverted {
  version: 1;
  name: string;
  cluster: string;
  target: GitTarget;
  /** The deploy that is taken back, and its commits, newest first. */
  reverted: { deploy: string; commits: readonly string[]; files: readonly string[] };
  outcome: 'planned' | 'declined' | 'gone' | 'rolled-back' | 'not-confirmed';
  /** The commit that takes it back. */
  commit?: string;
  /** What the cluster said last. */
  text?: string;
  /** What the user can run where the cluster did not follow. */
  next?: string;
  local?: { moved: boolean; command?: string; reason?: string };
}

/** One commit that takes back all commits of the newest deploy; then the cluster is watched until it has followed. */
export async function revertDeploy(
  context: Context,
  setting: Setting,
  { dryRun, yes }: { dryRun: boolean; yes: boolean },
): Promise<Reverted> {
  const { git, signal } = context;
  const { target, name, cluster, platform } = setting;
  const { head, onTarget } = await readTrees(context, setting);
  const { deploy, commits } = await newestDeploy(context, setting, head);
  const files = combined(await Promise.all(commits.toReversed().map(async (commit) => git.changesOf(commit))));
  const shared = { name, clientFiles: platform.clients.map(({ file }) => file) };
  const takeBack = (deployed: DeployedFile, now: string | undefined): string | undefined => {
    const result = takenBack(deployed, now, shared);
    if (result === 'conflict') throw changedSince(deployed.file, commits, whereTo(target));
    return result.text;
  };
  for (const deployed of files)
    takeBack(deployed, head === undefined ? undefined : await git.show(head, deployed.file));

  const reverted = { deploy, commits, files: files.map(({ file }) => file) };
  const about = { version: 1, name, cluster: cluster.name, target, reverted } as const;
  if (dryRun) return { ...about, outcome: 'planned' };
  const deployed = serverForm(withDeploy(onTarget, files), setting);
  const what = `Take back ${commits.length === 1 ? 'the commit' : `${commits.length} commits`} of ${name}.`;
  if (!(await goOn(context, setting, { yes, what }))) return { ...about, outcome: 'declined' };

  const { commit } = await git.commitAndPush(
    {
      target,
      changes: files.map((one) => ({ file: one.file, change: (now) => takeBack(one, now) })),
      message: `Take back the deploy of MCP server ${name}`,
      trailers: { 'Berth-Server': name, 'Berth-Reverts': deploy },
    },
    signal,
  );
  const local = await git.fastForward(target, commit);
  return { ...about, commit, local, ...(await follow(context, setting, deployed, commit)) };
}

/** Gone, or back at what it was before. */
async function follow(
  context: Context,
  setting: Setting,
  { form: deployed }: ServerForm,
  revision: string,
): Promise<Pick<Reverted, 'outcome' | 'text' | 'next'>> {
  const { cluster, timeoutSeconds, name } = setting;
  const { onTarget } = await readTrees(context, setting);
  const before = earlierForm(onTarget, setting);
  if (before) {
    const { namespace, workload, image, codeHash } = before.form;
    const wanted = { workload: { namespace, name: workload }, revision, image, codeHash, timeoutSeconds };
    const { ok, text } = await rollOut(context, cluster, wanted);
    return ok ? { outcome: 'rolled-back', text } : { outcome: 'not-confirmed', text, next: `berth logs ${name}` };
  }
  const ref = { namespace: deployed.namespace, name: deployed.workload };
  const { gone, ...seen } = await confirmGone(context, cluster, ref, { revision, timeoutSeconds });
  return { outcome: gone ? 'gone' : 'not-confirmed', ...seen };
}

function earlierForm(onTarget: ReadonlyMap<string, string>, setting: Setting): ServerForm | undefined {
  try {
    return serverForm(onTarget, setting);
  } catch (error) {
    if (error instanceof BerthError && error.code === 'SERVER_UNKNOWN') return undefined;
    throw error;
  }
}

/** The tree as the deploy left it, also where it is taken back already. */
function withDeploy(onTarget: ReadonlyMap<string, string>, files: readonly DeployedFile[]): Map<string, string> {
  const result = new Map(onTarget);
  for (const { file, after } of files) {
    if (/\.ya?ml$/.test(file) && after !== undefined && !/kustomization\.ya?ml$/.test(file)) result.set(file, after);
  }
  return result;
}

async function newestDeploy(
  { git }: Context,
  { name, target }: Setting,
  head: string | undefined,
): Promise<{ deploy: string; commits: readonly string[] }> {
  const ofServer = head === undefined ? [] : await git.commitsWithTrailer(head, 'Berth-Server', name);
  const deploy = ofServer.find(({ trailers }) => trailers['Berth-Deploy'] !== undefined)?.trailers['Berth-Deploy'];
  if (head !== undefined && deploy !== undefined) {
    const commits = await git.commitsWithTrailer(head, 'Berth-Deploy', deploy);
    return { deploy, commits: commits.map(({ commit }) => commit) };
  }
  throw new BerthError('SERVER_UNKNOWN', `${whereTo(target)} has no deploy of ${name}`, {
    hint: 'Only what "berth deploy" pushed can be taken back: its commits carry the trailer Berth-Deploy.',
  });
}

function changedSince(file: string, commits: readonly string[], where: string): BerthError {
  return new BerthError('GIT_CONFLICT', `${file} was changed on ${where} after the deploy`, {
    hint: `Take it back by hand: git revert ${commits.map((commit) => commit.slice(0, 12)).join(' ')}`,
  });
}
