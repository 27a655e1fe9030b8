const mask = '***';

/** Shorter ones (`1`, `true`, `prod`) would blank out half of what a server says, and protect nothing. */
const shortest = 5;

/** Replaces secret values in a stream of text, also where one is cut in two by the end of a chunk. */
export class SecretMask {
  readonly #values: readonly string[];
  readonly #longest: number;
  #held = '';

  constructor(values: Iterable<string>) {
    // A value of several lines is printed line by line, too; encoded forms are what clients log of a URL or a header.
    const forms = [...values].flatMap((value) => [
      value,
      ...value.split(/\r?\n/),
      encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(value))),
      JSON.stringify(value).slice(1, -1),
    ]);
    const long = forms.map((form) => form.trim()).filter(({ length }) => length >= shortest);
    this.#values = [...new Set(long)].toSorted((a, b) => b.length - a.length);
    this.#longest = this.#values[0]?.length ?? 0;
  }

  /** What can be shown now; the rest is held back as long as it may be the beginning of a secret. */
  push(text: string): string {
    const all = this.#replace(this.#held + text);
    const keep = this.#beginsAt(all);
    this.#held = all.slice(keep);
    return all.slice(0, keep);
  }

  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  #replace(text: string): string {
    return this.#values.reduce((masked, value) => masked.replaceAll(value, mask), text);
  }

  /** Where the longest end of the text begins that some secret begins with. */
  #beginsAt(text: string): number {
    for (let at = Math.max(0, text.length - this.#longest + 1); at < text.length; at += 1) {
      const end = text.slice(at);
      if (this.#values.some((value) => value.startsWith(end))) return at;
    }
    return text.length;
  }
}
