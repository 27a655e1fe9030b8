import type { LockedServer } from '../lock/types.ts';
import type { Contract } from '../proof/types.ts';
import type { Deployment } from './plan-deploy.ts';

/** What `berth.lock` will say of a deployed server. */
export function lockedServer(
  { server, form, cluster, entries }: Deployment,
  revision: string,
  { contract, protocolVersions }: { contract: Contract; protocolVersions: readonly string[] },
): LockedServer {
  return {
    cluster,
    revision,
    image: form.image,
    codeHash: form.codeHash ?? null,
    contract,
    ports: { service: form.service?.port ?? null, nodePort: form.service?.nodePort ?? null },
    secretKeys: Object.fromEntries(server.secretKeys),
    clients: Object.fromEntries(entries.map(({ file, url }) => [file, url])),
    protocolVersions,
  };
}
