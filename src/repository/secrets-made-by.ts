import type { Manifest } from './types.ts';
import { listAt, textAt } from './value-at.ts';

/** The names of the Secrets that an object makes: itself one, or of an operator that makes them. */
export function secretsMadeBy({ apiVersion, kind, name, value }: Manifest): readonly string[] {
  const names = makers[`${apiVersion.split('/')[0]}/${kind}`]?.(value, name) ?? [];
  return names.filter((found) => found !== undefined);
}

/** Whether this is one of the kinds that make Secrets. */
export function makesSecrets({ apiVersion, kind }: Manifest): boolean {
  return Object.hasOwn(makers, `${apiVersion.split('/')[0]}/${kind}`);
}

const makers: Readonly<Record<string, (value: unknown, name: string) => (string | undefined)[]>> = {
  'v1/Secret': (_, name) => [name],
  'secrets.infisical.com/InfisicalSecret': (value) => [
    textAt(value, 'spec', 'managedSecretReference', 'secretName'),
    ...listAt(value, 'spec', 'managedKubeSecretReferences').map((reference) => textAt(reference, 'secretName')),
  ],
  'secrets.infisical.com/InfisicalStaticSecret': (value) =>
    listAt(value, 'spec', 'targets')
      .filter((target) => textAt(target, 'kind') !== 'ConfigMap')
      .map((target) => textAt(target, 'name')),
  'external-secrets.io/ExternalSecret': (value, name) => [textAt(value, 'spec', 'target', 'name') ?? name],
  'bitnami.com/SealedSecret': (value, name) => [textAt(value, 'spec', 'template', 'metadata', 'name') ?? name],
  'isindir.github.com/SopsSecret': (value) =>
    listAt(value, 'spec', 'secretTemplates').map((template) => textAt(template, 'name')),
  'secrets.hashicorp.com/VaultStaticSecret': (value) => [textAt(value, 'spec', 'destination', 'name')],
  'onepassword.com/OnePasswordItem': (_, name) => [name],
  'cert-manager.io/Certificate': (value) => [textAt(value, 'spec', 'secretName')],
};
