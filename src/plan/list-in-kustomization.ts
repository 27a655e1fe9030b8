import { listResource } from '../kustomize/list-resource.ts';
import { unlistResource } from '../kustomize/unlist-resource.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import type { Edit } from '../yaml/types.ts';

const beginning = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';

/** The kustomization's text with the manifest in it; a new one where there is none. */
export function withListed(kustomization: string, text: string | undefined, manifest: string): string {
  const before = text ?? beginning;
  return edited(before, listResource(readYaml(kustomization, before), entryFor(kustomization, manifest)));
}

/** The kustomization's text without the manifest. */
export function withoutListed(kustomization: string, text: string | undefined, manifest: string): string | undefined {
  if (text === undefined) return undefined;
  return edited(text, unlistResource(readYaml(kustomization, text), entryFor(kustomization, manifest)));
}

function edited(text: string, edit: Edit | undefined): string {
  return edit ? `${text.slice(0, edit.range[0])}${edit.text}${text.slice(edit.range[1])}` : text;
}

/** A manifest as its kustomization calls it. */
function entryFor(kustomization: string, manifest: string): string {
  const from = kustomization.split('/').slice(0, -1);
  const to = manifest.split('/');
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
