import { BerthError } from '../errors.ts';
import type { Position } from '../yaml/types.ts';

/** Something that kustomize refuses too. */
export function invalid(message: string, at?: Position | string, hint?: string): BerthError {
  return new BerthError('KUSTOMIZE_INVALID', message, { ...where(at), ...(hint ? { hint } : {}) });
}

/** Something that kustomize does and this build does not: said aloud, because a silent difference would be worse. */
export function unsupported(message: string, at?: Position | string, hint?: string): BerthError {
  return new BerthError('KUSTOMIZE_UNSUPPORTED', message, {
    ...where(at),
    hint: hint ?? 'Put the rendered manifests into Git, or take this directory out of the paths in berth.yaml.',
  });
}

export function missing(message: string, at?: Position | string, hint?: string): BerthError {
  return new BerthError('KUSTOMIZE_RESOURCE_MISSING', message, { ...where(at), ...(hint ? { hint } : {}) });
}

function where(at: Position | string | undefined): { at?: string } {
  if (at === undefined) return {};
  return { at: typeof at === 'string' ? at : `${at.file}:${at.line}:${at.column}` };
}
