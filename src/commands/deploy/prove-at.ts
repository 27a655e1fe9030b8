import type { Deployment } from '../../plan/plan-deploy.ts';
import type { Context } from '../define-command.ts';
import type { Proven } from '../verify/prove-endpoint.ts';
import { proveServer } from '../verify/prove-server.ts';
import type { Setting } from './setting.ts';
import { waitUntil } from './wait-until.ts';

/** How long a route to pods that are ready may take to follow them. */
const routeSeconds = 10;
const answerSeconds = 30;

/** Asks a deployed server on one URL. `patient`: where nothing answers at all, it is asked again for a while. */
export async function proveAt(
  context: Context,
  { cluster }: Setting,
  { server, form }: Deployment,
  { url, patient }: { url: string; patient: boolean },
): Promise<Proven> {
  const workload = { namespace: form.namespace, name: form.workload };
  const prove = async () => proveServer(context, { server, cluster, workload, url, timeoutSeconds: answerSeconds });
  let proven = await prove();
  if (!patient) return proven;
  await waitUntil(context, routeSeconds, async () => {
    if (proven.proof.protocolVersion !== null || proven.proof.verdict === 'proven') return true;
    proven = await prove();
    return undefined;
  });
  return proven;
}
