import { BerthError } from '../errors.ts';
import { metadata } from './metadata.ts';
import type { NewServer } from './new-server.ts';
import { serverNames } from './server-names.ts';

/**
 * The object from which the secrets provider makes the server's Secret, with exactly the keys that the Deployment
 * reads. Undefined where nothing can be written without the values: see `secret-instructions.ts`.
 */
export function secretObject(server: NewServer): object | undefined {
  const keys = allSecretKeys(server);
  if (keys.length === 0) return undefined;
  switch (server.secrets.provider) {
    case 'infisical':
      return infisicalSecret(server, keys);
    case 'external-secrets':
      return externalSecret(server, keys);
    case 'sealed-secrets':
    case 'sops':
    case 'plain':
      return undefined;
  }
}

/** Every key of the server's Secret that its Deployment reads, the token's too. */
export function allSecretKeys({ secretKeys, tokenKey }: Pick<NewServer, 'secretKeys' | 'tokenKey'>): string[] {
  return [...new Set([...secretKeys, ...(tokenKey === undefined ? [] : [tokenKey])])];
}

function infisicalSecret(server: NewServer, keys: readonly string[]) {
  const { infisical } = server.secrets;
  if (!infisical) throw incomplete('infisical', 'secrets.infisical');
  const { secret } = serverNames(server.name);
  const { hostAPI, projectSlug, envSlug, secretsPath, credentialsRef } = infisical;
  return {
    apiVersion: 'secrets.infisical.com/v1alpha1',
    kind: 'InfisicalSecret',
    metadata: metadata(server, secret),
    spec: {
      hostAPI,
      resyncInterval: 60,
      authentication: {
        universalAuth: {
          credentialsRef: { secretName: credentialsRef.name, secretNamespace: credentialsRef.namespace },
          secretsScope: { projectSlug, envSlug, secretsPath },
        },
      },
      managedKubeSecretReferences: [
        {
          secretName: secret,
          secretNamespace: server.namespace,
          creationPolicy: 'Owner',
          template: {
            includeAllSecrets: false,
            data: Object.fromEntries(keys.map((key) => [key, `{{ .${key}.Value }}`])),
          },
        },
      ],
    },
  };
}

function externalSecret(server: NewServer, keys: readonly string[]) {
  const { externalSecrets } = server.secrets;
  if (!externalSecrets) throw incomplete('external-secrets', 'secrets.externalSecrets.storeRef');
  const { storeRef, keyPrefix = '' } = externalSecrets;
  const { secret } = serverNames(server.name);
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: metadata(server, secret),
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: storeRef.kind, name: storeRef.name },
      target: { name: secret, creationPolicy: 'Owner' },
      data: keys.map((key) => ({ secretKey: key, remoteRef: { key: `${keyPrefix}${key}` } })),
    },
  };
}

function incomplete(provider: string, field: string): BerthError {
  return new BerthError('CONFIG_INVALID', `berth.yaml says ${provider}, and not where its secrets are`, {
    hint: `Add ${field} to berth.yaml, or leave out --secret.`,
  });
}
