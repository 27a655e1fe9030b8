import { isClusterScoped } from './cluster-scoped.ts';
import { changeFields, FieldError } from './field-path.ts';
import { namespaceFields } from './field-specs.ts';
import { fieldOf, isList, isMap, isNull } from './plain-data.ts';
import { apiVersionOf } from './resource-id.ts';
import type { ResourceList } from './resource-list.ts';
import type { Resource } from './resource.ts';

/** Moves everything that has a namespace, renames Namespaces, and moves subjects that are called `default`. */
export function setNamespace(resources: ResourceList, namespace: string): void {
  const change = (old: unknown): unknown => {
    if (isMap(old) || isList(old)) throw new FieldError('a namespace that is no text');
    return namespace;
  };
  for (const resource of resources.items) {
    const { id } = resource;
    resource.rememberId();
    if (!isClusterScoped(apiVersionOf(id), id.kind)) {
      changeFields(resource, { path: 'metadata/namespace', create: true }, change, () => '');
    }
    if (id.kind === 'RoleBinding' || id.kind === 'ClusterRoleBinding') moveDefaultSubjects(resource, namespace);
    for (const field of namespaceFields) {
      if (field.path === 'metadata/name' && id.group !== '') continue;
      changeFields(resource, field, change, () => '');
    }
  }
  resources.idsChanged();
  resources.expectUnique(`the namespace ${namespace} makes two objects one`);
}

function moveDefaultSubjects(resource: Resource, namespace: string): void {
  changeFields(resource, { path: 'subjects' }, (subjects) => {
    if (isNull(subjects)) return subjects;
    if (!isList(subjects)) throw new FieldError('subjects that are no list');
    for (const subject of subjects) {
      if (isMap(subject) && fieldOf(subject, 'name') === 'default') subject['namespace'] = namespace;
    }
    return subjects;
  });
}
