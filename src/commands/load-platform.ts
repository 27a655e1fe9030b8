import { BerthError } from '../errors.ts';
import { readPlatform } from '../platform/read-platform.ts';
import type { Platform } from '../platform/types.ts';
import { type Survey, surveyRepository } from '../repository/survey/survey-repository.ts';
import type { Context } from './define-command.ts';
import { platformText } from './init/platform-text.ts';
import { loadRepository } from './load-repository.ts';

/**
 * What `berth.yaml` says. Where there is none: CONFIG_INVALID, or with `orDefault` a platform of one local
 * cluster, and for the rest what the repository tells.
 */
export async function loadPlatform(
  { files }: Pick<Context, 'files'>,
  { orDefault = false }: { orDefault?: boolean } = {},
): Promise<Platform> {
  const text = await files.read('berth.yaml');
  if (text !== undefined) return readPlatform(text);
  if (orDefault) return derivedPlatform(surveyRepository(await loadRepository({ files })));
  throw new BerthError('CONFIG_INVALID', 'There is no berth.yaml here', {
    hint: 'Run "berth init": it writes one from what it finds in the repository.',
  });
}

function derivedPlatform(survey: Survey): Platform {
  const { directory, proposed, namespace = 'ai-platform' } = survey.servers;
  const cluster = { kind: 'local', name: 'local', gatewayPort: 3100 } as const;
  return readPlatform(platformText({ cluster, namespace, directory: directory ?? proposed }, survey));
}
