import { createHash } from 'node:crypto';

/**
 * Names one deploy, in the trailers of its commits. It follows from what is deployed onto what, not from a clock: a run
 * that was cut off before its first push gets the same name again, and its commit the same hash.
 */
export function deployId(
  server: string,
  base: string | undefined,
  changes: readonly { file: string; text: string | undefined }[],
): string {
  const content = JSON.stringify([server, base ?? null, changes.map(({ file, text }) => [file, text ?? null])]);
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
