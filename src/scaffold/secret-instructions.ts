import type { NewServer } from './new-server.ts';
import { allSecretKeys } from './secret-object.ts';
import { serverNames } from './server-names.ts';

/** What somebody has to do for the server's Secret, because only they have its values; in order, as commands or words. */
export function secretInstructions(
  server: NewServer,
  { directory, local }: { directory: string; local: boolean },
): string[] {
  const { secret } = serverNames(server.name);
  // A local cluster makes the tokens of clients itself.
  const keys = local ? server.secretKeys : allSecretKeys(server);
  if (keys.length === 0) return [];
  if (local) return [`Put ${keys.map((key) => `${key}: …`).join(' and ')} below ${secret}: into .berth/secrets.yaml`];
  const listed = keys.join(', ');
  const file = `${directory}/${secret}.yaml`;
  // From a file: values on a command line stay in the shell's history and in the process table.
  const create = `kubectl create secret generic ${secret} --namespace ${server.namespace} --from-env-file=secrets.env`;
  const prepare = `Put ${keys.map((key) => `${key}=…`).join(' and ')} into secrets.env, outside of the repository`;
  switch (server.secrets.provider) {
    case 'infisical': {
      const { projectSlug, envSlug, secretsPath } = server.secrets.infisical ?? {};
      return [`Infisical needs ${listed} in project ${projectSlug}, environment ${envSlug}, ${secretsPath}`];
    }
    case 'external-secrets': {
      const { storeRef, keyPrefix = '' } = server.secrets.externalSecrets ?? {};
      return [`${storeRef?.kind} ${storeRef?.name} needs ${keys.map((key) => `${keyPrefix}${key}`).join(', ')}`];
    }
    case 'sealed-secrets':
      return [prepare, `${create} --dry-run=client -o yaml | kubeseal --format yaml > ${file}`, list(secret)];
    case 'sops':
      return [
        prepare,
        `${create} --dry-run=client -o yaml | sops encrypt --filename-override ${file} --encrypted-regex '^data$' > ${file}`,
        list(secret),
      ];
    case 'plain':
      return [prepare, create];
  }
}

const list = (secret: string): string => `List ${secret}.yaml in kustomization.yaml`;
