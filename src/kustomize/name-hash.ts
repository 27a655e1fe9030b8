import { createHash } from 'node:crypto';
import { fieldOf, isMap, isNull, textOf, withNulls } from './plain-data.ts';
import type { Resource } from './resource.ts';

const letters: Record<string, string> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** What kustomize appends to the name of a generated ConfigMap or Secret: ten letters from its content. */
export function nameHash({ kind, value }: Resource): string {
  // The name takes no part in it: kustomize means to include it, and looks in the wrong place.
  const content: Record<string, unknown> = { kind, name: '', data: contentOf(value, 'data') };
  if (kind === 'Secret') content['type'] = contentOf(value, 'type');
  const further = kind === 'Secret' ? 'stringData' : 'binaryData';
  if (isMap(fieldOf(value, further))) content[further] = withNulls(fieldOf(value, further));

  const digest = createHash('sha256').update(goJson(content)).digest('hex');
  return digest.slice(0, 10).replaceAll(/[013ae]/g, (digit) => letters[digit] ?? digit);
}

function contentOf(value: unknown, field: string): unknown {
  const content = fieldOf(value, field);
  return isNull(content) || !isMap(content) ? textOf(content) : withNulls(content);
}

/** JSON as Go writes it: sorted keys, and the characters escaped that HTML could stumble over. */
function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (isMap(value)) {
    const keys = Object.keys(value).toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return `{${keys.map((key) => `${goJson(key)}:${goJson(value[key])}`).join(',')}}`;
  }
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
