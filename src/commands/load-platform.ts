import { BerthError } from '../errors.ts';
import { readPlatform } from '../platform/read-platform.ts';
import type { Platform } from '../platform/types.ts';
import type { Context } from './define-command.ts';

/** What `berth.yaml` says. Where there is none: CONFIG_INVALID, or with `orDefault` a platform of one local cluster. */
export async function loadPlatform(
  { files }: Pick<Context, 'files'>,
  { orDefault = false }: { orDefault?: boolean } = {},
): Promise<Platform> {
  const text = await files.read('berth.yaml');
  if (text !== undefined) return readPlatform(text);
  if (orDefault) return readPlatform(oneLocalCluster);
  throw new BerthError('CONFIG_INVALID', 'There is no berth.yaml here', {
    hint: 'Run "berth init": it writes one from what it finds in the repository.',
  });
}

const oneLocalCluster = 'apiVersion: mcp-berth.dev/v1\nkind: Platform\nclusters: { local: { kind: local } }\n';
