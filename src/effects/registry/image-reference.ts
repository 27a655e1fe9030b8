import { BerthError } from '../../errors.ts';

export interface ImageReference {
  /** `ghcr.io`, `registry-1.docker.io`, `127.0.0.1:5000`. */
  registry: string;
  repository: string;
  /** A tag or a digest. */
  version: string;
}

/** Reads `python:3.11-slim` as Docker reads it. Errors: USAGE. */
export function imageReference(text: string): ImageReference {
  const [named = '', digest] = text.split('@', 2);
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  const hasHost = first === 'localhost' || /[.:]/.test(first);
  const rest = hasHost ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(':');
  const [path, tag] = colon < 0 ? [rest, undefined] : [rest.slice(0, colon), rest.slice(colon + 1)];
  const valid =
    /^[a-z0-9]+(?:(?:[._-]|__)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/.test(path) &&
    (tag === undefined || /^\w[\w.-]{0,127}$/.test(tag)) &&
    (digest === undefined || /^sha256:[0-9a-f]{64}$/.test(digest)) &&
    (!hasHost || /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?$/i.test(first));
  if (!valid) {
    throw new BerthError('USAGE', `"${text}" is no image reference`, {
      hint: 'For example: ghcr.io/owner/name:1.2.3',
    });
  }
  const docker = !hasHost || first === 'docker.io' || first === 'index.docker.io';
  return {
    registry: docker ? 'registry-1.docker.io' : first,
    repository: docker && !path.includes('/') ? `library/${path}` : path,
    version: digest ?? tag ?? 'latest',
  };
}
