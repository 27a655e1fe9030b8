import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type RegistryImage, imageRegistryServer } from '../../../test/support/image-registry-server.ts';
import { ociRegistry } from './oci-registry.ts';

const image: RegistryImage = { repository: 'example/weather', tag: '1.2', user: '1001', ports: ['3000/tcp', '53/udp'] };
const { signal } = new AbortController();
const lookUp = async (reference: string) => ociRegistry({ seconds: 20 }).lookUp(reference, signal);

test.each([undefined, 'token'] as const)('an image is looked up (%s)', async (auth) => {
  const { host, digest } = await imageRegistryServer({ ...image, ...(auth ? { auth } : {}) });
  expect(await lookUp(`${host}/example/weather:1.2`)).toEqual({ digest, user: '1001', ports: [3000] });
  expect(await lookUp(`${host}/example/weather@${digest}`)).toEqual({ digest, user: '1001', ports: [3000] });
});

test('a token is asked for once', async () => {
  const { host, requests } = await imageRegistryServer({ ...image, auth: 'token' });
  await lookUp(`${host}/example/weather:1.2`);
  expect(requests.filter((request) => request === 'GET /token')).toHaveLength(1);
});

test('a tag that the registry does not have is an error', async () => {
  const { host } = await imageRegistryServer(image);
  await expect(lookUp(`${host}/example/weather:9`)).rejects.toThrow(
    expect.objectContaining({ code: 'IMAGE_UNAVAILABLE', message: expect.stringContaining('with "9"') }),
  );
});

test('what is not known is said, and no digest is made up', async () => {
  const closed = await imageRegistryServer({ ...image, auth: 'private' });
  expect(await lookUp(`${closed.host}/example/weather:1.2`)).toEqual({
    unknown: `${closed.host} asks for credentials`,
  });
  const corrupt = await imageRegistryServer({ ...image, corrupt: true });
  expect(await lookUp(`${corrupt.host}/example/weather:1.2`)).toEqual({
    unknown: 'the registry sent a part with another digest',
  });
  expect(await lookUp('registry.invalid/example/weather:1.2')).toEqual({
    unknown: expect.stringContaining('registry.invalid'),
  });
});

test('a registry that never answers is given up', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  expect(await ociRegistry({ seconds: 0.2 }).lookUp(`${host}/example/weather`, signal)).toEqual({
    unknown: `${host} did not answer in 0.2 s`,
  });
});
