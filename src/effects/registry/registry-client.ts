import { createHash } from 'node:crypto';

export interface RegistryAnswer {
  status: number;
  body: Uint8Array;
  contentType: string;
}

/** Asks one repository of a registry, with the anonymous token that it may want. */
export interface RegistryClient {
  get(path: string, accept?: readonly string[]): Promise<RegistryAnswer>;
}

const largest = 8 * 1024 * 1024;

export function registryClient(registry: string, repository: string, signal: AbortSignal): RegistryClient {
  let authorization: string | undefined;

  const ask = async (url: string, accept: readonly string[]): Promise<Response> =>
    fetch(url, {
      headers: { accept: accept.join(', '), ...(authorization === undefined ? {} : { authorization }) },
      signal,
    });
  return {
    async get(path, accept = ['*/*']) {
      const url = `${originOf(registry)}/v2/${repository}/${path}`;
      let response = await ask(url, accept);
      if (response.status === 401 && authorization === undefined) {
        await response.body?.cancel();
        authorization = await anonymousToken(response.headers.get('www-authenticate') ?? '', signal);
        if (authorization !== undefined) response = await ask(url, accept);
      }
      const contentType = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
      return { status: response.status, body: await readBody(response), contentType };
    },
  };
}

export const digestOf = (body: Uint8Array): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;

/** TLS, except on this machine: as container engines have it. */
function originOf(host: string): string {
  return /^(localhost|127(\.\d+){3})(:\d+)?$/.test(host) ? `http://${host}` : `https://${host}`;
}

async function anonymousToken(challenge: string, signal: AbortSignal): Promise<string | undefined> {
  if (!/^bearer /i.test(challenge)) return undefined;
  const parameters = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  );
  const address = parameters.get('realm') ?? '';
  if (!URL.canParse(address)) return undefined;
  const realm = new URL(address);
  if (originOf(realm.host) !== realm.origin) return undefined;
  for (const key of ['service', 'scope']) {
    const value = parameters.get(key);
    if (value !== undefined) realm.searchParams.set(key, value);
  }
  const response = await fetch(realm, { signal });
  const body = new TextDecoder().decode(await readBody(response));
  if (!response.ok) return undefined;
  const { token, access_token: accessToken } = JSON.parse(body) as { token?: unknown; access_token?: unknown };
  const given = token ?? accessToken;
  return typeof given === 'string' ? `Bearer ${given}` : undefined;
}

async function readBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > largest) throw new Error(`the answer has more than ${largest / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
