import { isWithin } from '../../paths.ts';
import type { SecretsConfig } from '../../platform/types.ts';
import type { Manifest, Repository } from '../types.ts';
import { textAt, valueAt } from '../value-at.ts';
import { mostCommon } from './most-common.ts';
import { isLive } from './survey-folders.ts';

/** How a repository makes its Secrets, with the provider's values where the objects agree on them completely. */
export function surveySecrets(repository: Repository, directory: string | undefined): SecretsConfig | undefined {
  const makers = repository.manifests
    .filter(({ file }) => isLive(file))
    .flatMap((manifest) => {
      const provider = providerOf(manifest);
      return provider ? [{ manifest, provider }] : [];
    });
  const beside = makers.filter(({ manifest }) => directory !== undefined && isWithin(manifest.file, directory));
  const telling = beside.length > 0 ? beside : makers;
  const provider = mostCommon(telling.map((one) => one.provider)) ?? (usesSops(repository) ? 'sops' : undefined);
  if (provider === undefined) return undefined;

  const objects = telling.filter((one) => one.provider === provider).map(({ manifest }) => manifest);
  const infisical = provider === 'infisical' ? agreed(objects.map(infisicalOf)) : undefined;
  const externalSecrets = provider === 'external-secrets' ? agreed(objects.map(storeOf)) : undefined;
  return { provider, ...(infisical ? { infisical } : {}), ...(externalSecrets ? { externalSecrets } : {}) };
}

function providerOf({ apiVersion, kind, value }: Manifest): SecretsConfig['provider'] | undefined {
  const group = apiVersion.split('/')[0];
  if (group === 'secrets.infisical.com' && kind === 'InfisicalSecret') return 'infisical';
  if (group === 'external-secrets.io' && kind === 'ExternalSecret') return 'external-secrets';
  if (group === 'bitnami.com' && kind === 'SealedSecret') return 'sealed-secrets';
  return kind === 'Secret' && valueAt(value, 'sops') !== undefined ? 'sops' : undefined;
}

const usesSops = ({ files }: Repository): boolean => files.has('.sops.yaml');

/** What most of them say, as long as something is said. */
function agreed<T>(values: readonly (T | undefined)[]): T | undefined {
  return mostCommon(
    values.filter((value) => value !== undefined),
    (value) => JSON.stringify(value),
  );
}

function infisicalOf({ value }: Manifest): SecretsConfig['infisical'] {
  const login = valueAt(value, 'spec', 'authentication', 'universalAuth');
  const scope = valueAt(login, 'secretsScope');
  const projectSlug = textAt(scope, 'projectSlug');
  const envSlug = textAt(scope, 'envSlug');
  const secretsPath = textAt(scope, 'secretsPath');
  const name = textAt(login, 'credentialsRef', 'secretName');
  const namespace = textAt(login, 'credentialsRef', 'secretNamespace');
  // The operator's own default.
  const hostAPI = textAt(value, 'spec', 'hostAPI') ?? 'https://app.infisical.com/api';
  if (!projectSlug || !envSlug || !secretsPath?.startsWith('/') || !name || !namespace) return undefined;
  if (!/^https?:\/\/[^\s/@]+(\/\S*)?$/.test(hostAPI)) return undefined;
  return { hostAPI, projectSlug, envSlug, secretsPath, credentialsRef: { name, namespace } };
}

function storeOf({ value }: Manifest): SecretsConfig['externalSecrets'] {
  const name = textAt(value, 'spec', 'secretStoreRef', 'name');
  const kind = textAt(value, 'spec', 'secretStoreRef', 'kind') ?? 'SecretStore';
  if (!name || (kind !== 'SecretStore' && kind !== 'ClusterSecretStore')) return undefined;
  return { storeRef: { kind, name } };
}
