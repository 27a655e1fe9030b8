import type { YamlPath } from './types.ts';

/** `spec.ports[0].nodePort`, `metadata.labels[app.kubernetes.io/name]`: as the API server's messages name a field. */
export function printPath(path: YamlPath): string {
  let printed = '';
  for (const part of path) {
    if (typeof part === 'number' || !/^[^.[\]*]+$/.test(part)) printed += `[${part}]`;
    else printed += printed === '' ? part : `.${part}`;
  }
  return printed;
}

/** Every key or item in this place. */
export const every: unique symbol = Symbol('every');

export type PathPattern = readonly (string | number | typeof every)[];

/** Reads what printPath prints, with `[*]` for every item of a list and `*` for every key of a map. */
export function parsePath(path: string): PathPattern {
  const parts = path.matchAll(/\[((?:[^[\]]|\[[^[\]]*\])*)\]|[^.[\]]+/g);
  return Array.from(parts, ([part, bracket]) => {
    if ((bracket ?? part) === '*') return every;
    return bracket !== undefined && /^\d+$/.test(bracket) ? Number(bracket) : (bracket ?? part);
  });
}
