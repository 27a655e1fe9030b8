import { isMap, listAt, textAt, valueAt } from '../repository/value-at.ts';
import type { Data } from './local-objects.ts';
import { type PodSources, podField, resourceField } from './pod-sources.ts';
import { readQuantity } from './quantity.ts';
import type { VolumePlan } from './types.ts';

/** The volumes of a pod template, by name. */
export function podVolumes(sources: PodSources, claimTemplates: readonly unknown[]): ReadonlyMap<string, VolumePlan> {
  const volumes = new Map<string, VolumePlan>();
  for (const volume of listAt(sources.template, 'spec', 'volumes')) {
    const name = textAt(volume, 'name') ?? '';
    const plan = volumeOf(name, volume, sources);
    if (plan) volumes.set(name, plan);
  }
  for (const claim of claimTemplates) {
    const name = textAt(claim, 'metadata', 'name') ?? '';
    volumes.set(name, { kind: 'empty' });
    sources.notEnforced(`what is kept in the volume ${name} ends with its pod`);
  }
  return volumes;
}

function volumeOf(name: string, volume: unknown, sources: PodSources): VolumePlan | undefined {
  // `emptyDir:` with nothing behind it is one too.
  if (isMap(volume) && Object.hasOwn(volume, 'emptyDir')) {
    const size = readQuantity(valueAt(volume, 'emptyDir', 'sizeLimit'));
    return { kind: 'empty', ...(size === undefined ? {} : { sizeLimitBytes: size }) };
  }
  const claim = textAt(volume, 'persistentVolumeClaim', 'claimName');
  if (claim !== undefined) {
    sources.notEnforced(`what is kept in the claim ${claim} ends with its pod`);
    return { kind: 'empty' };
  }
  const files = new Files(name, sources);
  const only = ['configMap', 'secret', 'downwardAPI'].find((kind) => isMap(valueAt(volume, kind)));
  const projected = valueAt(volume, 'projected');
  if (only !== undefined) files.add(volume);
  else if (isMap(projected)) for (const source of listAt(projected, 'sources')) files.add(source);
  else {
    const kind = Object.keys(isMap(volume) ? volume : {}).find((key) => key !== 'name') ?? 'no source';
    sources.problem(`volume ${name}: ${kind} cannot be had on this machine`);
    return undefined;
  }
  const mode = valueAt(volume, only ?? 'projected', 'defaultMode');
  return {
    kind: 'files',
    files: files.files,
    modes: files.modes,
    mode: typeof mode === 'number' ? mode : 0o644,
    secret: files.secret,
  };
}

class Files {
  readonly files = new Map<string, string | Uint8Array>();
  readonly modes = new Map<string, number>();
  secret = false;
  readonly #volume: string;
  readonly #sources: PodSources;

  constructor(volume: string, sources: PodSources) {
    this.#volume = volume;
    this.#sources = sources;
  }

  add(source: unknown): void {
    const { namespace, objects, missing } = this.#sources;
    if (isMap(valueAt(source, 'configMap'))) {
      const name = textAt(source, 'configMap', 'name') ?? '';
      const data = objects.configMap(namespace, name);
      if (data)
        this.#put(data, valueAt(source, 'configMap'), (key) => this.#problem(`configmap ${name} has no ${key}`));
      else if (valueAt(source, 'configMap', 'optional') !== true) this.#problem(`configmap "${name}" not found`);
    } else if (isMap(valueAt(source, 'secret'))) {
      this.secret = true;
      const name = textAt(source, 'secret', 'secretName') ?? textAt(source, 'secret', 'name') ?? '';
      const optional = valueAt(source, 'secret', 'optional') === true;
      const items = listAt(source, 'secret', 'items').map((item) => textAt(item, 'key') ?? '');
      const found = objects.secret(namespace, name);
      const data = new Map(found.values);
      for (const key of items) {
        const value = objects.secretKey(namespace, name, key);
        if (value !== undefined) data.set(key, value);
      }
      if (items.length === 0 && !optional) {
        for (const key of found.missing) missing(name, key);
        if (data.size === 0 && found.missing.length === 0) missing(name, '*');
      }
      this.#put(data, valueAt(source, 'secret'), (key) => missing(name, key));
    } else if (isMap(valueAt(source, 'downwardAPI'))) {
      for (const item of listAt(source, 'downwardAPI', 'items')) this.#putField(item);
    } else this.#problem('a token of the cluster cannot be had on this machine');
  }

  #put(data: Data, source: unknown, absent: (key: string) => void): void {
    const items = listAt(source, 'items');
    if (items.length === 0) {
      for (const [key, content] of data) this.#file(key, content, undefined);
      return;
    }
    for (const item of items) {
      const key = textAt(item, 'key') ?? '';
      const content = data.get(key);
      if (content !== undefined) this.#file(textAt(item, 'path') ?? key, content, valueAt(item, 'mode'));
      else if (valueAt(source, 'optional') !== true) absent(key);
    }
  }

  #putField(item: unknown): void {
    const path = textAt(item, 'fieldRef', 'fieldPath');
    const container = listAt(this.#sources.template, 'spec', 'containers').find(
      (one) => textAt(one, 'name') === textAt(item, 'resourceFieldRef', 'containerName'),
    );
    const content =
      path === undefined ? resourceField(container, valueAt(item, 'resourceFieldRef')) : podField(this.#sources, path);
    if (content === undefined) this.#problem(`${path ?? 'a resource'} cannot be had on this machine`);
    else this.#file(textAt(item, 'path') ?? '', content, valueAt(item, 'mode'));
  }

  #file(path: string, content: string | Uint8Array, mode: unknown): void {
    // Manifests are hostile: no file leaves its volume.
    if (path === '' || path.startsWith('/') || path.split('/').some((part) => part.startsWith('..') || part === '')) {
      this.#problem(`no file can be called ${JSON.stringify(path)}`);
      return;
    }
    this.files.set(path, content);
    if (typeof mode === 'number') this.modes.set(path, mode);
  }

  #problem(message: string): void {
    this.#sources.problem(`volume ${this.#volume}: ${message}`);
  }
}
