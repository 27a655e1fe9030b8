// Colours that a Style painted may stay; anything else that moves a cursor, rings, retitles or reorders may not.
// oxlint-disable-next-line no-control-regex
const unprintable = /\x1b(?!\[[\d;]*m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** What servers and manifests say is hostile: a terminal gets it without control characters. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unprintable, '');
}
