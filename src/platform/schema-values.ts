import { z } from 'zod';
import { joinPath } from '../paths.ts';
import { isAddress, isCidr } from './ip-address.ts';
import type { PortRange } from './types.ts';

/** What stands for a key in an editor: its title and what it means. */
export const key = <T extends z.ZodType>(title: string, description: string, schema: T): T =>
  schema.meta({ title, description });

export const text = z.string().min(1, 'must not be empty');
export const dnsLabel = text.regex(
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  'must be lower-case letters, digits and "-"',
);
/** Of a cluster: it becomes a part of file names. */
export const clusterName = text.regex(
  /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  'must be letters, digits, ".", "_" and "-"',
);
export const address = text.refine(isAddress, 'must be an IP address: 10.20.0.40');
export const cidr = text.refine(isCidr, 'must be a network: 10.20.0.0/24');
export const url = text.regex(/^https?:\/\/[^\s/@]+(\/\S*)?$/, 'must be an http(s) URL without user and password');

/** A path from the root of a repository, in one spelling: with `/`, without `./` and without one at the end. */
export const insidePath = text
  .refine((path) => isInside(path), 'must lie inside the repository: a path from its root, like "kubernetes/apps"')
  .transform((path) => joinPath('', path) ?? path);
export const insideFile = insidePath.refine((path) => path !== '', 'must be a file');

export const port = z
  .int('must be a port: 1 to 65535')
  .min(1, 'must be a port: 1 to 65535')
  .max(65_535, 'must be a port: 1 to 65535');
export const portRange = z
  .string()
  .regex(/^\d{1,5}-\d{1,5}$/, 'must be two ports: "31100-31199"')
  .transform((range): PortRange => {
    const [first = 0, last = 0] = range.split('-').map(Number);
    return [first, last];
  })
  .refine(([first, last]) => first >= 1 && last <= 65_535, 'must lie between 1 and 65535')
  .refine(([first, last]) => first <= last, 'must begin with the lower port');

function isInside(path: string): boolean {
  return !path.startsWith('/') && !path.includes('\\') && !/^[A-Za-z]:/.test(path) && joinPath('', path) !== undefined;
}
