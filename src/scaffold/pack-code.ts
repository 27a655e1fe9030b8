import { brotliCompressSync, constants } from 'node:zlib';
import { BerthError } from '../errors.ts';
import type { PackedCode } from './new-server.ts';

/** kube-apiserver: the annotation in which `kubectl apply` keeps the whole object has at most 262144 bytes. */
const clientSideLimit = 256 * 1024 - 2048;
/** kube-apiserver: the values of a ConfigMap have at most 1 MiB together, binary ones decoded. */
const objectLimit = 1024 * 1024;

/** What a large program is made of, to say what makes it large. */
export interface CodeInput {
  file: string;
  bytes: number;
}

/**
 * Files as a ConfigMap can carry them. What is too large for a client-side apply is left readable and marked for a
 * server-side one. Errors: CODE_TOO_LARGE.
 */
export function packFiles(files: Readonly<Record<string, string>>): PackedCode {
  const content = { data: files, binaryData: {} };
  const inputs = Object.entries(files).map(([file, text]) => ({ file, bytes: byteLength(text) }));
  const size = inputs.reduce((sum, { bytes }) => sum + bytes, 0);
  if (size > objectLimit) throw tooLarge(size, inputs);
  return { ...content, serverSideApply: !fitsClientSide(content) };
}

/**
 * A bundle: as it is where that can be applied by every client, else compressed under the name `<file>.br`, and marked
 * for a server-side apply where even that is too large. Errors: CODE_TOO_LARGE.
 */
export function packBundle(file: string, text: string, inputs: readonly CodeInput[]): PackedCode {
  const plain = { data: { [file]: text }, binaryData: {} };
  if (fitsClientSide(plain)) return { ...plain, serverSideApply: false };

  const compressed = brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: byteLength(text) },
  });
  if (compressed.length > objectLimit) throw tooLarge(compressed.length, inputs, 'compressed ');
  const binary = { data: {}, binaryData: { [`${file}.br`]: compressed.toString('base64') } };
  return { ...binary, serverSideApply: !fitsClientSide(binary) };
}

function fitsClientSide(content: Omit<PackedCode, 'serverSideApply'>): boolean {
  return byteLength(JSON.stringify(content)) <= clientSideLimit;
}

function tooLarge(bytes: number, inputs: readonly CodeInput[], how = ''): BerthError {
  const largest = inputs.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5);
  const listed = largest.map(({ file, bytes: part }) => `${file} (${inKilobytes(part)})`).join(', ');
  return new BerthError(
    'CODE_TOO_LARGE',
    `the code has ${how}${inKilobytes(bytes)}, and a ConfigMap carries ${inKilobytes(objectLimit)}`,
    { hint: `The largest parts: ${listed}. Do without one of them, or build an image and use --image.` },
  );
}

const inKilobytes = (bytes: number): string => `${Math.ceil(bytes / 1024)} KiB`;
const byteLength = (text: string): number => new TextEncoder().encode(text).length;
