import { BerthError } from '../errors.ts';

const limit = 32 * 1024 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a file, wherever it is kept; what is too large is not even read. */
export async function textOf(name: string, size: number, read: () => Promise<Uint8Array>): Promise<string> {
  if (size > limit) {
    throw new BerthError('MANIFEST_UNREADABLE', `${name} has ${Math.round(size / 1024 / 1024)} MB`, {
      at: `${name}:1:1`,
      hint: `Files of more than ${limit / 1024 / 1024} MB are not read. Move it out of the platform's repository.`,
    });
  }
  try {
    return decoder.decode(await read());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new BerthError('MANIFEST_UNREADABLE', `${name} is not UTF-8 text`, {
      at: `${name}:1:1`,
      hint: 'Save it as UTF-8, as Kubernetes and kustomize expect it.',
    });
  }
}
