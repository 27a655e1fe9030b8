import type { McpServer } from '../repository/types.ts';
import type { DeployedForm } from './deployed-form.ts';
import type { FromCommit, PlannedCommit, PlannedEntry, PlannedStep } from './step.ts';

/** What somebody wants deployed, as the target branch will have it. */
export interface Deployment {
  server: McpServer;
  /** What its kustomization makes of it. */
  form: Omit<DeployedForm, 'objects'>;
  cluster: string;
  target: { remote: string; branch: string };
  /** The server's own files: manifests and source. */
  files: readonly string[];
  /** Null in a folder that is applied as it is. */
  kustomization: string | null;
  entries: readonly PlannedEntry[];
  /** Client files in which the last deploy wrote an entry, and this one has none for. */
  abandoned: readonly string[];
  /** Where a server without client entries is proven. */
  proofUrl: string;
  /** Groups the commits of one deploy, so that it can be taken back as one. */
  deploy: string;
  timeoutSeconds: number;
  pullRequest: boolean;
}

/** How far the world is, asked anew before each step. */
export interface Observed {
  /** Every file of the server is in the working tree, or on the target. */
  written: boolean;
  /** A kustomization lists the manifest. */
  listed: boolean;
  /** The target has had the manifest before. */
  knownOnTarget: boolean;
  /** Files in which the target differs from what it shall have. */
  missingOnTarget: readonly string[];
  /** The commit on the target that brought this server as it is; undefined while step 3 is open. */
  revision: string | undefined;
  rolledOut: boolean;
  /** Client files without their entry on the target. */
  unconnected: readonly string[];
  /** The lock on the target says that this revision was proven, with these entries. */
  locked: boolean;
}

/** The pattern's six steps, and which of them are still to do. */
export function planDeploy(deployment: Deployment, observed: Observed): PlannedStep[] {
  const { server, form, cluster, entries, target, pullRequest } = deployment;
  const revision: string | FromCommit = observed.revision ?? { from: 'commit' };
  const pushed = observed.revision !== undefined;
  const connected = observed.unconnected.length === 0;
  // A protected branch takes neither commit. The entries wait for their merge together with the server.
  const branch = pullRequest ? `berth/deploy-${server.name}` : target.branch;
  const withEntries = pullRequest ? entries.map(({ file }) => file) : [];

  return [
    { number: 1, state: state(observed.written), do: 'write', files: deployment.files },
    {
      number: 2,
      state: state(observed.listed),
      do: 'list',
      kustomization: deployment.kustomization,
      resource: server.file,
    },
    {
      number: 3,
      state: state(pushed && (!pullRequest || connected)),
      do: 'push',
      pullRequest,
      ...commitOf(deployment, {
        branch,
        message: `${observed.knownOnTarget ? 'Update' : 'Add'} MCP server ${server.name}`,
        files: [...observed.missingOnTarget, ...withEntries],
      }),
    },
    {
      number: 4,
      state: state(pushed && observed.rolledOut),
      do: 'roll-out',
      cluster,
      namespace: form.namespace,
      workload: form.workload,
      revision,
      image: form.image,
      codeHash: form.codeHash ?? null,
      timeoutSeconds: deployment.timeoutSeconds,
    },
    {
      number: 5,
      state: state(connected),
      do: 'connect',
      entries,
      ...(deployment.abandoned.length > 0 ? { abandoned: deployment.abandoned } : {}),
      ...(entries.length === 0 ? { reason: `${server.name} has no URL that a client file is for` } : {}),
    },
    {
      number: 6,
      state: state(pushed && observed.rolledOut && observed.locked && connected),
      do: 'prove',
      urls: entries.length === 0 ? [deployment.proofUrl] : [...new Set(entries.map(({ url }) => url))],
      canary: server.canary ?? null,
      revision,
      commit: commitOf(deployment, {
        branch,
        message: `Record the proof of MCP server ${server.name}`,
        files: [...new Set([...entries.map(({ file }) => file), ...deployment.abandoned]), 'berth.lock'],
      }),
    },
  ];
}

const state = (done: boolean): 'todo' | 'done' => (done ? 'done' : 'todo');

function commitOf(
  { server, deploy, target }: Deployment,
  rest: Pick<PlannedCommit, 'branch' | 'message' | 'files'>,
): PlannedCommit {
  return { remote: target.remote, ...rest, trailers: { 'Berth-Server': server.name, 'Berth-Deploy': deploy } };
}
