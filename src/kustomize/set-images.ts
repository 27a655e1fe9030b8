import { changeFields, FieldError } from './field-path.ts';
import { imageFields } from './field-specs.ts';
import { invalid } from './kustomize-error.ts';
import { isList, isMap, isNull, textOf } from './plain-data.ts';
import { describeId } from './resource-id.ts';
import type { Resource } from './resource.ts';
import { compile } from './select-resources.ts';

export interface ImageChange {
  name?: string;
  newName?: string;
  newTag?: string;
  tagSuffix?: string;
  digest?: string;
}

/** Changes images under any `containers` and `initContainers`, however deep, and in the image volumes of pods. */
export function setImages(resources: readonly Resource[], change: ImageChange): void {
  const matches = imageMatcher(change.name ?? '');
  const changed = (image: unknown): unknown => {
    if (isMap(image) || isList(image)) throw new FieldError('an image that is no text');
    return !isNull(image) && matches(textOf(image)) ? changedImage(textOf(image), change) : image;
  };

  for (const resource of resources) {
    if (resource.kind === 'CustomResourceDefinition') continue;
    try {
      walk(resource.value, changed);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      throw invalid(`images of ${describeId(resource.id)}: ${error.message}`, resource.origin.file);
    }
    for (const field of imageFields) changeFields(resource, field, changed);
  }
}

function walk(node: unknown, changed: (image: unknown) => unknown): void {
  if (isList(node)) {
    for (const item of node) walk(item, changed);
    return;
  }
  if (!isMap(node)) return;
  for (const [key, value] of Object.entries(node)) {
    walk(value, changed);
    if ((key === 'containers' || key === 'initContainers') && isList(value)) {
      for (const item of value) changeImage(item, changed);
    }
  }
}

function changeImage(container: unknown, changed: (image: unknown) => unknown): void {
  if (isNull(container)) return;
  if (!isMap(container)) throw new FieldError('a container that is no map');
  if (Object.hasOwn(container, 'image')) container['image'] = changed(container['image']);
}

/** kustomize takes the name as a regular expression: `.` stands for any character. */
function imageMatcher(name: string): (image: string) => boolean {
  const rest = '(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$';
  if (/^[\w./:-]*$/.test(name)) {
    const plain = new RegExp(`^${name}${rest}`);
    return (image) => plain.test(image);
  }
  const compiled = compile(`^${name}${rest}`);
  return (image) => compiled.matcher(image).find();
}

function changedImage(image: string, change: ImageChange): string {
  const old = splitImage(image);
  const name = change.newName || old.name;
  let { tag, digest } = old;
  if (change.newTag || change.digest) {
    tag = change.newTag ?? '';
    digest = change.digest ?? '';
  } else if (change.tagSuffix) {
    tag += change.tagSuffix;
    digest = '';
  }
  return `${name}${tag && `:${tag}`}${digest && `@${digest}`}`;
}

/** A colon before the first slash belongs to the registry's port. */
function splitImage(image: string): { name: string; tag: string; digest: string } {
  const slash = Math.max(image.indexOf('/'), 0);
  const at = image.indexOf('@', slash);
  const colon = image.indexOf(':', slash);
  if (colon >= 0 && (at < 0 || colon < at)) {
    const end = at < 0 ? image.length : at;
    return { name: image.slice(0, colon), tag: image.slice(colon + 1, end), digest: image.slice(end + 1) };
  }
  if (at < 0) return { name: image, tag: '', digest: '' };
  return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) };
}
