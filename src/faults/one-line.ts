// Control characters, and those that reorder or hide text.
// oxlint-disable-next-line no-control-regex
const unprintable = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;
const credentials = /(\b(?:bearer|basic)\s+)(?!realm)[\w.~+/=-]{6,}|(:\/\/)[^\s/@]+(?=@)/gi;

/** Hostile text as one short line that a terminal may show, without the credentials that it repeats. */
export function oneLine(text: string, limit = 300): string {
  const line = text
    .slice(0, limit * 8)
    .replaceAll(unprintable, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(credentials, (_, scheme?: string, slashes?: string) => `${scheme ?? slashes ?? ''}…`)
    .trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
