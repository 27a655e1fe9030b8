import { listResource } from '../kustomize/list-resource.ts';
import { unlistResource } from '../kustomize/unlist-resource.ts';
import { applyEdits } from '../yaml/apply-edits.ts';
import { readYaml } from '../yaml/read-yaml.ts';

const beginning = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';

/** The kustomization's text with the manifest in it; a new one where there is none. */
export function withListed(kustomization: string, text: string | undefined, manifest: string): string {
  const before = text ?? beginning;
  const edit = listResource(readYaml(kustomization, before), entryFor(kustomization, manifest));
  return applyEdits(before, edit ? [edit] : []);
}

/** The kustomization's text without the manifest. */
export function withoutListed(kustomization: string, text: string | undefined, manifest: string): string | undefined {
  if (text === undefined) return undefined;
  const edit = unlistResource(readYaml(kustomization, text), entryFor(kustomization, manifest));
  return applyEdits(text, edit ? [edit] : []);
}

/** A manifest as its kustomization calls it. */
function entryFor(kustomization: string, manifest: string): string {
  const from = kustomization.split('/').slice(0, -1);
  const to = manifest.split('/');
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
