import { changeFields, FieldError, type FieldSpec } from './field-path.ts';
import { type NameReference, nameReferences } from './name-references.ts';
import { fieldOf, isList, isMap, isNull, type PlainMap, textOf } from './plain-data.ts';
import { describeId, effectiveNamespace, type KindSelector, selectsKind } from './resource-id.ts';
import type { Resource } from './resource.ts';

/** Follows every object that was renamed: whoever names it by its old name gets the new one. */
export function fixReferences(resources: readonly Resource[]): void {
  const renamed = resources.filter(({ previous }) => previous.length > 0);
  const byOldName = new Map<string, Resource[]>();
  for (const resource of renamed) {
    for (const name of new Set(resource.previous.map((id) => id.name))) {
      const same = byOldName.get(name);
      if (same) same.push(resource);
      else byOldName.set(name, [resource]);
    }
  }
  const kinds = new Set(renamed.flatMap(({ previous }) => previous.map(({ kind }) => kind)));
  const wanted = nameReferences.filter(({ kind }) => kinds.has(kind));
  const byReferrer = new Map<string, Reference[]>();
  for (const target of wanted) {
    for (const field of target.fields) {
      byReferrer.set(field.kind ?? '', [...(byReferrer.get(field.kind ?? '') ?? []), { target, field }]);
    }
  }
  for (const referrer of resources) {
    const original = referrer.originalId;
    const references = (byReferrer.get(original.kind) ?? []).filter(({ field }) => selectsKind(field, original));
    fixReferrer(referrer, references, { all: resources, byOldName });
  }
}

interface Reference {
  target: NameReference;
  field: FieldSpec;
}

interface Candidates {
  all: readonly Resource[];
  /** Those that were renamed, by every name that they had. */
  byOldName: ReadonlyMap<string, readonly Resource[]>;
}

function fixReferrer(referrer: Resource, references: readonly Reference[], candidates: Candidates): void {
  const bound = boundNamespaces(referrer);
  for (const { target, field } of references) {
    const search = new Search(referrer, target, field.path, candidates, bound);
    // The kind that counts is the one that the object had first; by now a patch may have changed it.
    changeFields(referrer, { path: field.path }, (value) => search.renewed(value));
  }
}

/** One field of one object, and whom it may mean. */
class Search {
  readonly #referrer: Resource;
  readonly #target: KindSelector;
  readonly #path: string;
  readonly #candidates: Candidates;
  readonly #bound: ReadonlySet<string>;

  constructor(
    referrer: Resource,
    target: KindSelector,
    path: string,
    candidates: Candidates,
    bound: ReadonlySet<string>,
  ) {
    this.#referrer = referrer;
    this.#target = target;
    this.#path = path;
    this.#candidates = candidates;
    this.#bound = bound;
  }

  renewed(value: unknown): unknown {
    if (isNull(value)) return value;
    if (isList(value)) return value.map((item) => (isNull(item) ? item : this.#renewedOne(item)));
    return this.#renewedOne(value);
  }

  #renewedOne(value: unknown): unknown {
    if (isMap(value)) return this.#renewedMap(value);
    if (isList(value)) throw new FieldError('a list in a list where a name should be');
    const found = this.#select(textOf(value), () => true, ['name']);
    return found && found.name !== textOf(value) ? found.name : value;
  }

  /** A map with `name` and maybe `namespace`, as the subjects of a RoleBinding are. */
  #renewedMap(value: PlainMap): unknown {
    if (!Object.hasOwn(value, 'name')) throw new FieldError('an item without a name');
    const old = textOf(value['name']);
    const namespace = fieldOf(value, 'namespace');
    const found = this.#select(old, this.#inNamespace(namespace), ['name', 'namespace']);
    if (!found || (found.name === old && found.namespace === '')) return value;
    value['name'] = found.name;
    if (found.namespace !== '') value['namespace'] = found.namespace;
    return value;
  }

  /** Those that were in the namespace first; where there were none of any name, those that are in it now. */
  #inNamespace(namespace: unknown): (candidate: Resource) => boolean {
    if (namespace === undefined) return () => true;
    const text = textOf(namespace);
    const wasThere = (candidate: Resource): boolean => effectiveNamespace(candidate.originalId) === text;
    const isThere = (candidate: Resource): boolean => effectiveNamespace(candidate.id) === text;
    return this.#candidates.all.some((one) => this.#canBeReached(one) && wasThere(one)) ? wasThere : isThere;
  }

  #select(
    oldName: string,
    accept: (candidate: Resource) => boolean,
    identity: readonly ('name' | 'namespace')[],
  ): Resource | undefined {
    let candidates = (this.#candidates.byOldName.get(oldName) ?? []).filter(
      (one) =>
        this.#canBeReached(one) &&
        accept(one) &&
        one.previousIds.some((id) => selectsKind(this.#target, id)) &&
        this.#isMeantByRoleRef(one) &&
        this.#sharesNamespace(one),
    );
    if (candidates.length <= 1) return candidates[0];
    candidates = candidates.filter((one) => sameAffixes(one, this.#referrer, true));
    if (candidates.length > 1) candidates = candidates.filter((one) => sameAffixes(one, this.#referrer, false));

    const [first, ...rest] = candidates;
    if (first && rest.some((one) => identity.some((field) => one[field] !== first[field]))) {
      throw new FieldError(`"${oldName}" may mean ${candidates.map(({ id }) => describeId(id)).join(' or ')}`);
    }
    return first;
  }

  /** Cluster-scoped objects see everything; others their namespace, and a RoleBinding those of its subjects. */
  #canBeReached(candidate: Resource): boolean {
    const own = effectiveNamespace(this.#referrer.id);
    const other = effectiveNamespace(candidate.id);
    return own === clusterScope || other === clusterScope || own === other || this.#bound.has(candidate.namespace);
  }

  #isMeantByRoleRef(candidate: Resource): boolean {
    if (!this.#path.endsWith('roleRef/name')) return true;
    const roleRef = fieldOf(this.#referrer.value, 'roleRef');
    const group = fieldOf(roleRef, 'apiGroup');
    const kind = fieldOf(roleRef, 'kind');
    if (isNull(group) || isNull(kind)) return true;
    return candidate.previousIds.some((id) => selectsKind({ group: textOf(group), kind: textOf(kind) }, id));
  }

  #sharesNamespace(candidate: Resource): boolean {
    const own = effectiveNamespace(this.#referrer.id);
    const other = effectiveNamespace(candidate.id);
    return own === clusterScope || other === clusterScope || candidate.kind === 'ServiceAccount' || own === other;
  }
}

/** The namespaces whose ServiceAccounts a RoleBinding names. */
function boundNamespaces(referrer: Resource): ReadonlySet<string> {
  const subjects = referrer.kind === 'RoleBinding' ? fieldOf(referrer.value, 'subjects') : undefined;
  if (!isList(subjects)) return new Set();
  const accounts = subjects.filter((subject) => fieldOf(subject, 'kind') === 'ServiceAccount');
  return new Set(accounts.map((subject) => textOf(fieldOf(subject, 'namespace'))).filter((name) => name !== ''));
}

const clusterScope = effectiveNamespace({ group: '', version: 'v1', kind: 'Namespace', name: '', namespace: '' });

/** Whether both were renamed by the same kustomizations; with `lenient`, who was not renamed fits everybody. */
function sameAffixes(one: Resource, other: Resource, lenient: boolean): boolean {
  return sameEnding(one.prefixes, other.prefixes, lenient) && sameEnding(one.suffixes, other.suffixes, lenient);
}

function sameEnding(left: readonly string[], right: readonly string[], lenient: boolean): boolean {
  const length = Math.min(left.length, right.length);
  if (length === 0) return lenient || left.length === right.length;
  return left.slice(-length).every((value, index) => value === right.slice(-length)[index]);
}
