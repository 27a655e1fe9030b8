import { changeFields, FieldError, type FieldSpec } from './field-path.ts';
import { annotationFields, selectorLabels, templateLabels } from './field-specs.ts';
import { invalid } from './kustomize-error.ts';
import { changeField, isMap, isNull, setField, Shared } from './plain-data.ts';
import { selectsKind } from './resource-id.ts';
import type { Resource } from './resource.ts';

export interface Labels {
  pairs?: Record<string, string>;
  includeSelectors?: boolean;
  includeTemplates?: boolean;
  fields?: FieldSpec[];
}

export function setLabels(resources: readonly Resource[], labels: Labels): void {
  setPairs(resources, labels.pairs ?? {}, labelFields(labels));
}

export function setCommonLabels(resources: readonly Resource[], pairs: Record<string, string>): void {
  setPairs(resources, pairs, selectorLabels);
}

export function setCommonAnnotations(resources: readonly Resource[], pairs: Record<string, string>): void {
  setPairs(resources, pairs, annotationFields);
}

function labelFields({ includeSelectors, includeTemplates, fields = [] }: Labels): readonly FieldSpec[] {
  if (includeSelectors) return selectorLabels.reduce(withField, fields);
  const all = includeTemplates ? templateLabels.reduce(withField, fields) : fields;
  return withField(all, { path: 'metadata/labels', create: true });
}

function withField(fields: readonly FieldSpec[], field: FieldSpec): readonly FieldSpec[] {
  const same = fields.find(
    ({ path, group = '', version = '', kind = '' }) =>
      path === field.path && selectsKind(field, { group, version, kind }),
  );
  if (!same) return [...fields, field];
  if ((same.create ?? false) === (field.create ?? false)) return fields;
  throw invalid(`labels: the field ${field.path} is said to be created and not to be created`);
}

function setPairs(resources: readonly Resource[], pairs: Record<string, string>, fields: readonly FieldSpec[]): void {
  const entries = Object.entries(pairs);
  if (entries.length === 0) return;
  for (const resource of resources) {
    const shared = entries.map(([key, value]) => [key, new Shared(value)] as const);
    const change = (map: unknown): unknown => {
      if (isNull(map)) return map;
      if (!isMap(map)) throw new FieldError('labels or annotations that are no map');
      for (const [key, one] of shared) {
        if (Object.hasOwn(map, key)) changeField(map, key, one.value);
        else setField(map, key, one);
      }
      return map;
    };
    for (const field of fields) changeFields(resource, field, change, () => ({}));
  }
}
