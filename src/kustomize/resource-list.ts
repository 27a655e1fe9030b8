import { invalid } from './kustomize-error.ts';
import { describeId, keyOf, type ResourceId } from './resource-id.ts';
import type { Resource } from './resource.ts';

/** The objects of a build in the order they came; no two have the same id when they come. */
export class ResourceList {
  #items: Resource[] = [];
  #current: Map<string, Resource> | undefined;
  #any: Map<string, Resource[]> | undefined;

  get items(): readonly Resource[] {
    return this.#items;
  }

  append(resource: Resource): void {
    const current = this.#currentIds();
    const key = keyOf(resource.id);
    const other = current.get(key);
    if (other) {
      throw invalid(
        `${describeId(resource.id)} comes twice: from ${other.origin.file} and from ${resource.origin.file}`,
        resource.origin.file,
        'Take one of the two out of its kustomization, or give it another name.',
      );
    }
    current.set(key, resource);
    this.#items.push(resource);
    this.#any = undefined;
  }

  /** Whoever has this id now or had it before. */
  withId(id: ResourceId): readonly Resource[] {
    this.#any ??= anyIds(this.#items);
    return this.#any.get(keyOf(id)) ?? [];
  }

  replace(old: Resource, resource: Resource): void {
    this.set(this.#items.map((item) => (item === old ? resource : item)));
  }

  set(items: readonly Resource[]): void {
    this.#items = [...items];
    this.idsChanged();
  }

  /** To be called by whoever changed names, namespaces or kinds. */
  idsChanged(): void {
    this.#current = undefined;
    this.#any = undefined;
  }

  /** Throws where two objects have become one. */
  expectUnique(why: string, at?: string): void {
    const seen = new Map<string, Resource>();
    for (const item of this.#items) {
      const other = seen.get(keyOf(item.id));
      if (other)
        throw invalid(`${why}: ${describeId(item.id)} comes from ${other.origin.file} and ${item.origin.file}`, at);
      seen.set(keyOf(item.id), item);
    }
  }

  #currentIds(): Map<string, Resource> {
    this.#current ??= new Map(this.#items.map((item) => [keyOf(item.id), item]));
    return this.#current;
  }
}

function anyIds(items: readonly Resource[]): Map<string, Resource[]> {
  const found = new Map<string, Resource[]>();
  for (const item of items) {
    for (const key of new Set([...item.previousIds, item.id].map(keyOf))) {
      const same = found.get(key);
      if (same) same.push(item);
      else found.set(key, [item]);
    }
  }
  return found;
}
