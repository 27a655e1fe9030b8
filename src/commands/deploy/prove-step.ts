import { reached } from '../../effects/fault-points.ts';
import { lockedServer } from '../../plan/locked-server.ts';
import type { Deployment } from '../../plan/plan-deploy.ts';
import type { PlannedStep } from '../../plan/step.ts';
import type { Contract, Proof } from '../../proof/types.ts';
import type { Canary } from '../../repository/types.ts';
import type { Context } from '../define-command.ts';
import type { Proven } from '../verify/prove-endpoint.ts';
import type { Moment } from './observe.ts';
import { proveAt } from './prove-at.ts';
import { entryChanges, lockChange } from './record-changes.ts';
import type { Setting } from './setting.ts';
import type { Outcome } from './step-report.ts';
import { troubleOfProof } from './trouble.ts';

/** The commit of client entries and lock. */
export interface Recorded {
  commit: string;
  /** False where nothing had changed. */
  pushed: boolean;
}

/** Step 6: asks the server itself, on every URL that a client will use; only then entries and lock are committed. */
export async function proveStep(
  context: Context,
  setting: Setting,
  { deployment }: Moment,
  step: PlannedStep & { do: 'prove' },
  revision: string,
): Promise<Outcome & { proofs: readonly Proof[]; recorded?: Recorded }> {
  const proven: Proven[] = [];
  for (const url of step.urls) {
    const one = await proveAt(context, setting, deployment, { url, patient: true });
    proven.push(one);
    const { proof, lastLogLines } = one;
    if (proof.verdict === 'proven' && proof.contract) continue;
    const text = `${url}: ${proof.fault?.observed ?? `${proof.verdict}, no call was asserted`}`;
    return { text, trouble: troubleOfProof(proof, lastLogLines), proofs: proven.map((each) => each.proof) };
  }
  reached('proven');
  const proofs = proven.map(({ proof }) => proof);
  const protocolVersions = [...new Set(proven.flatMap((one) => one.protocolVersions))];
  const [contract] = proofs.flatMap((proof) => proof.contract ?? []);
  const recorded =
    contract && (await record(context, setting, deployment, step, revision, { contract, protocolVersions }));
  return {
    text: proofs.map((proof) => proofText(proof, step.canary)).join('; '),
    proofs,
    ...(recorded ? { recorded } : {}),
  };
}

async function record(
  { git, signal }: Context,
  { target }: Setting,
  deployment: Deployment,
  { commit: { message, trailers, branch } }: PlannedStep & { do: 'prove' },
  revision: string,
  seen: { contract: Contract; protocolVersions: readonly string[] },
): Promise<Recorded> {
  const changes = [
    ...entryChanges(deployment),
    lockChange(deployment.server.name, lockedServer(deployment, revision, seen)),
  ];
  const toBranch = branch === target.branch ? {} : { toBranch: branch };
  return git.commitAndPush({ target, changes, message, trailers, ...toBranch }, signal);
}

function proofText({ tools, call, assertion }: Proof, canary: Canary | null): string {
  const count = `${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}`;
  if (!call) return count;
  const args = canary?.tool === call.tool ? JSON.stringify(canary.args) : '';
  const matches = assertion === 'content' && canary?.mustMatch !== undefined ? ` matches /${canary.mustMatch}/` : '';
  return `${count}, ${call.tool}(${args})${matches}`;
}
