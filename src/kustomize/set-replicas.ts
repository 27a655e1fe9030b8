import { changeFields, FieldError } from './field-path.ts';
import { replicaFields } from './field-specs.ts';
import { invalid } from './kustomize-error.ts';
import { isList, isMap } from './plain-data.ts';
import { selectsKind } from './resource-id.ts';
import type { Resource } from './resource.ts';

export interface Replicas {
  name?: string;
  count?: number;
}

/** Names count as they are now and as they ever were. */
export function setReplicas(resources: readonly Resource[], { name = '', count = 0 }: Replicas, at?: string): void {
  let found = false;
  for (const field of replicaFields) {
    for (const resource of resources) {
      const ids = [...resource.previousIds, resource.id];
      if (!ids.some((id) => id.name === name && selectsKind(field, id))) continue;
      found = true;
      changeFields(
        resource,
        field,
        (old) => {
          if (isMap(old) || isList(old)) throw new FieldError('replicas that are no number');
          return count;
        },
        () => 0,
      );
    }
  }
  if (found) return;
  throw invalid(`replicas: there is no Deployment, StatefulSet or ReplicaSet "${name}"`, at);
}
