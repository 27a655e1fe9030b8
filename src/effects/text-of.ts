import { BerthError } from '../errors.ts';
import { mostBytes, unreadableText, whyUnreadable } from '../yaml/unreadable-text.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a file, wherever it is kept; what is too large is not even read. Errors: MANIFEST_UNREADABLE. */
export async function textOf(name: string, size: number, read: () => Promise<Uint8Array>): Promise<string> {
  const text = await textOrStandIn(size, read);
  const why = whyUnreadable(text);
  if (!why) return text;
  throw new BerthError('MANIFEST_UNREADABLE', `${name} ${why.message}`, { at: `${name}:1:1`, hint: why.hint });
}

/** The same for a file among many, which perhaps nobody needs: what cannot be read is stood in for. */
export async function textOrStandIn(size: number, read: () => Promise<Uint8Array>): Promise<string> {
  if (size > mostBytes) return unreadableText('TOO_LARGE');
  try {
    return decoder.decode(await read());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return unreadableText('NOT_UTF8');
  }
}
