import type { ContainerPlan } from './types.ts';

/** `npm:NAME@V` or `pypi:NAME==V`; undefined where it is neither. Extras of Python packages stay with the name. */
export function readPackage(text: string): ContainerPlan['package'] {
  const npm = /^npm:((?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*)@(\d[\w.+-]*)$/i.exec(text);
  if (npm?.[1] !== undefined && npm[2] !== undefined) return { registry: 'npm', name: npm[1], version: npm[2] };
  const pypi = /^pypi:([a-z0-9][\w.-]*(?:\[[\w.,-]+\])?)==(\d[\w.+!-]*)$/i.exec(text);
  if (pypi?.[1] !== undefined && pypi[2] !== undefined) return { registry: 'pypi', name: pypi[1], version: pypi[2] };
  return undefined;
}
