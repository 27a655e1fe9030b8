import { BerthError } from '../../errors.ts';
import type { ImageFacts, ImageRegistry } from '../image-registry.ts';
import { type ImageReference, imageReference } from './image-reference.ts';
import { type RegistryClient, digestOf, registryClient } from './registry-client.ts';

const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

interface Manifest {
  manifests?: { digest?: string; platform?: { os?: string; architecture?: string } }[];
  config?: { digest?: string };
}

/** Asks the registry that a reference names, without credentials and for a few seconds. */
export function ociRegistry({ seconds = 8 }: { seconds?: number } = {}): ImageRegistry {
  return {
    async lookUp(text, signal) {
      const reference = imageReference(text);
      const soon = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
      const client = registryClient(reference.registry, reference.repository, soon);
      try {
        return await factsOf(client, text, reference);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof BerthError) throw error;
        return { unknown: soon.aborted ? `${reference.registry} did not answer in ${seconds} s` : reasonOf(error) };
      }
    },
  };
}

async function factsOf(
  client: RegistryClient,
  text: string,
  { registry, repository, version }: ImageReference,
): Promise<ImageFacts | { unknown: string }> {
  const top = await client.get(`manifests/${version}`, [...indexTypes, ...manifestTypes]);
  if (top.status === 401 || top.status === 403) return { unknown: `${registry} asks for credentials` };
  if (top.status === 404) {
    throw new BerthError('IMAGE_UNAVAILABLE', `${registry} has no image ${repository} with "${version}"`, {
      hint: `See which tags it has, and whether the name is right: ${text}`,
    });
  }
  if (top.status !== 200) return { unknown: `${registry} answered ${top.status}` };

  // Computed, not believed: this is what the cluster will pull.
  const digest = digestOf(top.body);
  if (version.startsWith('sha256:') && version !== digest) return { unknown: `${registry} sent another image` };
  const manifest = indexTypes.includes(top.contentType) ? await platformManifest(client, top.body) : parse(top.body);
  const config = await verified(client, `blobs/${manifest.config?.digest}`, manifest.config?.digest);
  return { digest, ...runSettings(config) };
}

/** The one for Linux on amd64 or, without it, the first for Linux. User and ports are the same on all of them. */
async function platformManifest(client: RegistryClient, index: Uint8Array): Promise<Manifest> {
  const linux = (parse(index).manifests ?? []).filter(({ platform }) => platform?.os === 'linux');
  const digest = (linux.find(({ platform }) => platform?.architecture === 'amd64') ?? linux[0])?.digest;
  return parse(await verified(client, `manifests/${digest}`, digest, manifestTypes));
}

async function verified(
  client: RegistryClient,
  path: string,
  digest: string | undefined,
  accept?: readonly string[],
): Promise<Uint8Array> {
  const { status, body } = await client.get(path, accept);
  if (status !== 200) throw new Error(`the registry answered ${status} for a part of the image`);
  if (digestOf(body) !== digest) throw new Error('the registry sent a part with another digest');
  return body;
}

function runSettings(body: Uint8Array): Pick<ImageFacts, 'user' | 'ports'> {
  const { config } = JSON.parse(new TextDecoder().decode(body)) as {
    config?: { User?: unknown; ExposedPorts?: Record<string, unknown> } | null;
  };
  const ports = Object.keys(config?.ExposedPorts ?? {}).flatMap((port) => /^(\d+)(?:\/tcp)?$/.exec(port)?.[1] ?? []);
  return { user: typeof config?.User === 'string' ? config.User : '', ports: ports.map(Number) };
}

const parse = (body: Uint8Array): Manifest => JSON.parse(new TextDecoder().decode(body)) as Manifest;

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
