import { platformJsonSchema } from './platform-schema.ts';

interface Schema {
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
}

/** The keys that `berth.yaml` may have at a path. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  const schemas = path.reduce<Schema[]>(
    (from, part) => from.flatMap((schema) => below(schema, part)),
    alternatives(platformJsonSchema() as Schema),
  );
  return [...new Set(schemas.flatMap((schema) => Object.keys(schema.properties ?? {})))];
}

function below({ properties, additionalProperties, items }: Schema, part: PropertyKey): Schema[] {
  const next = typeof part === 'number' ? items : (properties?.[String(part)] ?? additionalProperties);
  return typeof next === 'object' ? alternatives(next) : [];
}

const alternatives = (schema: Schema): Schema[] => [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
