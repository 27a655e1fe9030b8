import { BerthError } from '../../errors.ts';
import type { Proof } from '../../proof/types.ts';
import type { Canary } from '../../repository/types.ts';
import type { Context } from '../define-command.ts';
import { inParallel } from './in-parallel.ts';
import { proveEndpoint } from './prove-endpoint.ts';
import { proveServer } from './prove-server.ts';
import { type HowToAsk, serverTargets } from './server-targets.ts';

export interface WhatToVerify extends HowToAsk {
  /** Servers of the platform and URLs; none: every server of the platform. */
  servers: readonly string[];
}

const atOnce = 4;

/** Proves all that is asked for, each on every URL that its clients use. */
export async function verifyServers(context: Context, asked: WhatToVerify): Promise<Proof[]> {
  const urls = asked.servers.filter(isUrl);
  const names = asked.servers.filter((server) => !isUrl(server));
  for (const url of urls) mustBeUsable(url, asked.canary);
  const targets = names.length > 0 || urls.length === 0 ? await serverTargets(context, names, asked) : [];
  const proofs = [
    ...targets.map((target) => async () => proveServer(context, target)),
    ...urls.map((url) => async () => proveUrl(context, url, asked)),
  ];
  const proven = await inParallel(proofs, atOnce, async (prove) => prove());
  return proven.map(({ proof }) => proof);
}

const isUrl = (server: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(server);

function mustBeUsable(text: string, { tool, mustMatch, mustNotMatch }: Partial<Canary>): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new BerthError('USAGE', 'An endpoint is an http or https URL', {
      hint: 'For example http://10.20.0.40:31117/mcp',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new BerthError('USAGE', 'A URL with a user or password is no endpoint', {
      hint: "Send it as a header: --header 'Authorization:Basic ${CREDENTIALS}'",
    });
  }
  if (tool === undefined && (mustMatch ?? mustNotMatch) !== undefined) {
    throw new BerthError('USAGE', 'There is no answer to look at without a tool to call', { hint: 'Add --tool NAME.' });
  }
}

async function proveUrl(context: Context, url: string, { canary, headers, timeoutSeconds }: WhatToVerify) {
  const { tool, args = {}, ...expressions } = canary;
  context.progress(`asking ${new URL(url).host}`);
  return proveEndpoint(context, {
    name: new URL(url).host,
    endpoint: { url, headers },
    canary: tool === undefined ? undefined : { tool, args, ...expressions },
    mayPickTool: false,
    timeoutSeconds,
  });
}
