import type { Context } from '../define-command.ts';
import { type Moment, wantedOf } from './observe.ts';
import { rollOut } from './roll-out.ts';
import type { Setting } from './setting.ts';
import type { Outcome } from './step-report.ts';
import { troubleOfRollOut } from './trouble.ts';

/** Step 4: the cluster has the commit or a later one, and runs nothing else of this server. */
export async function rollOutStep(
  context: Context,
  setting: Setting,
  moment: Moment,
  revision: string,
): Promise<Outcome> {
  const result = await rollOut(context, setting.cluster, wantedOf(moment.deployment, revision));
  const text = `${setting.cluster.name}: ${result.text}`;
  return result.ok ? { text } : { text, trouble: await troubleOfRollOut(context, setting, moment, result) };
}
