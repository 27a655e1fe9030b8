import { platformJsonSchema } from './platform-schema.ts';

interface Schema {
  const?: unknown;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
}

/** The keys that `berth.yaml` may have at a path, for a map that says so far what `value` has. */
export function knownKeys(path: readonly PropertyKey[], value: unknown): readonly string[] {
  const start = alternatives(platformJsonSchema() as Schema);
  const schemas = path.reduce<Schema[]>((from, part) => from.flatMap((schema) => below(schema, part)), start);
  return [
    ...new Set(
      schemas.filter((schema) => isOfKind(schema, value)).flatMap(({ properties }) => Object.keys(properties ?? {})),
    ),
  ];
}

/** Clusters of kind `local` have other keys than the rest. */
function isOfKind({ properties }: Schema, value: unknown): boolean {
  const written: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'kind') : undefined;
  const kind = properties?.['kind']?.const;
  return kind === undefined || kind === (written ?? 'kubernetes');
}

function below({ properties, additionalProperties, items }: Schema, part: PropertyKey): Schema[] {
  const next = typeof part === 'number' ? items : (properties?.[String(part)] ?? additionalProperties);
  return typeof next === 'object' ? alternatives(next) : [];
}

const alternatives = (schema: Schema): Schema[] => [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
