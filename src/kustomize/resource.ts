import { copyOf, fieldOf, isMap, type PlainMap, textOf } from './plain-data.ts';
import { effectiveNamespace, groupAndVersion, type ResourceId } from './resource-id.ts';

/** Where an object was written; for a generated one its kustomization. */
export interface Origin {
  readonly file: string;
  /** Which document of the file, from 0. */
  readonly document: number;
}

export type Behavior = 'create' | 'merge' | 'replace' | undefined;

/** An object on its way through the build, with what kustomize remembers about it until the end. */
export class Resource {
  value: PlainMap;
  origin: Origin;
  /** Who it was before its name, namespace or kind was changed, oldest first. */
  previous: { name: string; namespace: string; kind: string }[] = [];
  prefixes: string[] = [];
  suffixes: string[] = [];
  needsHash = false;
  generated = false;
  behavior: Behavior = undefined;
  /** The labels as they stand in the file: `1.10` is no number there. */
  labelTexts: ReadonlyMap<string, string> = new Map();

  constructor(value: PlainMap, origin: Origin) {
    this.value = value;
    this.origin = origin;
  }

  get kind(): string {
    return textOf(fieldOf(this.value, 'kind'));
  }

  get metadata(): PlainMap {
    const metadata = fieldOf(this.value, 'metadata');
    return isMap(metadata) ? metadata : {};
  }

  get name(): string {
    return nonNullText(fieldOf(this.metadata, 'name'));
  }

  get namespace(): string {
    return nonNullText(fieldOf(this.metadata, 'namespace'));
  }

  get id(): ResourceId {
    const { group, version } = groupAndVersion(textOf(fieldOf(this.value, 'apiVersion')));
    return { group, version, kind: this.kind, name: this.name, namespace: this.namespace };
  }

  get previousIds(): ResourceId[] {
    const { group, version } = groupAndVersion(textOf(fieldOf(this.value, 'apiVersion')));
    return this.previous.map((id) => ({ group, version, ...id }));
  }

  get originalId(): ResourceId {
    return this.previousIds[0] ?? this.id;
  }

  /** kustomize keeps its notes in annotations; where there are some, `metadata.annotations` exists for a patch. */
  get hasNotes(): boolean {
    return this.generated || this.previous.length > 0;
  }

  rememberId(): void {
    const { id } = this;
    this.previous.push({ name: id.name, namespace: effectiveNamespace(id), kind: id.kind });
  }

  forget(): void {
    Object.assign(this, { previous: [], prefixes: [], suffixes: [], needsHash: false, generated: false });
  }

  copy(): Resource {
    const copy = new Resource(copyOf(this.value), this.origin);
    return Object.assign(copy, {
      previous: [...this.previous],
      prefixes: [...this.prefixes],
      suffixes: [...this.suffixes],
      needsHash: this.needsHash,
      generated: this.generated,
      behavior: this.behavior,
      labelTexts: this.labelTexts,
    });
  }
}

function nonNullText(value: unknown): string {
  return value === null ? '' : textOf(value);
}
