import { isMap, listAt, mapAt, textAt, valueAt } from '../repository/value-at.ts';
import type { SecretValues } from './types.ts';

/** Keys of a ConfigMap or Secret. */
export type Data = ReadonlyMap<string, string | Uint8Array>;

/** The objects of a built kustomization, by what pods ask of them. */
export class LocalObjects {
  readonly #objects: readonly unknown[];
  readonly #secrets: SecretValues;
  readonly #declared = new Map<string, { values: Data; keys: readonly string[] }>();

  constructor(objects: readonly unknown[], secrets: SecretValues) {
    this.#objects = objects;
    this.#secrets = secrets;
    for (const object of objects) {
      const namespace = namespaceOf(object);
      for (const { name, values, keys } of secretsOf(object)) {
        const id = `${namespace}/${name}`;
        const before = this.#declared.get(id);
        this.#declared.set(id, {
          values: new Map([...(before?.values ?? []), ...values]),
          keys: [...(before?.keys ?? []), ...keys],
        });
      }
    }
  }

  ofKind(kind: string): readonly unknown[] {
    return this.#objects.filter((object) => textAt(object, 'kind') === kind);
  }

  configMap(namespace: string, name: string): Data | undefined {
    const found = this.ofKind('ConfigMap').find(
      (object) => textAt(object, 'metadata', 'name') === name && namespaceOf(object) === namespace,
    );
    if (found === undefined) return undefined;
    return new Map<string, string | Uint8Array>([...texts(mapAt(found, 'data')), ...bytes(mapAt(found, 'binaryData'))]);
  }

  /** The values that are known, and keys that it must have and nobody gave. A value of this machine wins. */
  secret(namespace: string, name: string): { values: Data; missing: readonly string[]; declared: boolean } {
    const declared = this.#declared.get(`${namespace}/${name}`);
    const values = new Map<string, string | Uint8Array>(declared?.values);
    for (const [key, value] of Object.entries(this.#secrets.all(name))) values.set(key, value);
    for (const key of new Set([...values.keys(), ...(declared?.keys ?? [])])) {
      const own = this.#secrets.value(name, key);
      if (own !== undefined) values.set(key, own);
    }
    const missing = (declared?.keys ?? []).filter((key) => !values.has(key));
    return { values, missing, declared: declared !== undefined };
  }

  secretKey(namespace: string, name: string, key: string): string | Uint8Array | undefined {
    return this.#secrets.value(name, key) ?? this.secret(namespace, name).values.get(key);
  }
}

export function namespaceOf(object: unknown): string {
  return textAt(object, 'metadata', 'namespace') ?? 'default';
}

interface SecretOf {
  name: string;
  values: Data;
  /** Keys that it will have; their values are elsewhere. */
  keys: readonly string[];
}

function later(name: string | undefined, keys: readonly (string | undefined)[] = []): SecretOf[] {
  return name === undefined ? [] : [{ name, values: new Map(), keys: keys.filter((key) => key !== undefined) }];
}

/** The Secrets that an object is or becomes; operators that fill them do not run here. */
function secretsOf(object: unknown): SecretOf[] {
  const own = textAt(object, 'metadata', 'name') ?? '';
  const group = textAt(object, 'apiVersion')?.split('/')[0];
  switch (`${group}/${textAt(object, 'kind')}`) {
    case 'v1/Secret': {
      const data = mapAt(object, 'data');
      const stringData = mapAt(object, 'stringData');
      // Encrypted by SOPS: the keys are there to see, the values are not.
      if (isMap(valueAt(object, 'sops'))) return later(own, [...Object.keys(data), ...Object.keys(stringData)]);
      return [
        { name: own, values: new Map<string, string | Uint8Array>([...bytes(data), ...texts(stringData)]), keys: [] },
      ];
    }
    case 'secrets.infisical.com/InfisicalSecret':
      return [
        valueAt(object, 'spec', 'managedSecretReference'),
        ...listAt(object, 'spec', 'managedKubeSecretReferences'),
      ].flatMap((reference) =>
        later(textAt(reference, 'secretName'), Object.keys(mapAt(reference, 'template', 'data'))),
      );
    case 'external-secrets.io/ExternalSecret': {
      const template = Object.keys(mapAt(object, 'spec', 'target', 'template', 'data'));
      const fetched = listAt(object, 'spec', 'data').map((item) => textAt(item, 'secretKey'));
      return later(textAt(object, 'spec', 'target', 'name') ?? own, template.length > 0 ? template : fetched);
    }
    case 'bitnami.com/SealedSecret':
      return later(
        textAt(object, 'spec', 'template', 'metadata', 'name') ?? own,
        Object.keys(mapAt(object, 'spec', 'encryptedData')),
      );
    default:
      return [];
  }
}

function texts(map: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(map).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
}

/** What is no base64 is read as far as it is, as Node does it. */
function bytes(map: Readonly<Record<string, unknown>>): [string, Uint8Array][] {
  return texts(map).map(([key, value]) => [key, Buffer.from(value, 'base64')]);
}
