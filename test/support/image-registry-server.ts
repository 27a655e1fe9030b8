import { createHash } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface RegistryServer {
  /** `127.0.0.1:41234`. */
  host: string;
  /** The digest of the index that the tag names. */
  digest: string;
  /** What was asked for: `GET /v2/…`. */
  requests: string[];
}

export interface RegistryImage {
  repository: string;
  tag: string;
  user?: string;
  ports?: readonly string[];
  /** Anonymous tokens are given out; `private`: and open nothing. */
  auth?: 'token' | 'private';
  /** Bytes of the configuration that are sent are not those of its digest. */
  corrupt?: boolean;
}

const digestOf = (body: string): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;

/** A registry with one image for two platforms, as the OCI distribution specification has it; gone after the test. */
export async function imageRegistryServer(image: RegistryImage): Promise<RegistryServer> {
  const { repository, tag, user, ports = [], auth, corrupt = false } = image;
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: { User: user, ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])) },
  });
  const manifest = JSON.stringify({ schemaVersion: 2, config: { digest: digestOf(config) } });
  const index = JSON.stringify({
    schemaVersion: 2,
    manifests: [
      { digest: digestOf('arm'), platform: { os: 'linux', architecture: 'arm64' } },
      { digest: digestOf(manifest), platform: { os: 'linux', architecture: 'amd64' } },
    ],
  });
  const base = `/v2/${repository}`;
  const contents = new Map([
    [`${base}/manifests/${tag}`, ['application/vnd.oci.image.index.v1+json', index]],
    [`${base}/manifests/${digestOf(index)}`, ['application/vnd.oci.image.index.v1+json', index]],
    [`${base}/manifests/${digestOf(manifest)}`, ['application/vnd.oci.image.manifest.v1+json', manifest]],
    [`${base}/blobs/${digestOf(config)}`, ['application/octet-stream', corrupt ? `${config} ` : config]],
  ]);
  const requests: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const host = request.headers.host ?? '';
    const { pathname, searchParams } = new URL(request.url ?? '', `http://${host}`);
    requests.push(`${request.method} ${pathname}`);
    if (pathname === '/token') {
      const scoped = searchParams.get('scope') === `repository:${repository}:pull`;
      response.writeHead(scoped ? 200 : 400).end(JSON.stringify({ token: 'anonymous' }));
      return;
    }
    if (auth === 'private' || (auth === 'token' && request.headers.authorization !== 'Bearer anonymous')) {
      const challenge = `Bearer realm="http://${host}/token",service="test",scope="repository:${repository}:pull"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end('{"errors":[{"code":"UNAUTHORIZED"}]}');
      return;
    }
    const [type, body] = contents.get(pathname) ?? [];
    if (type === undefined) response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    else response.writeHead(200, { 'content-type': type }).end(body);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, digest: digestOf(index), requests };
}
