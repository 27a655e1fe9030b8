/** Short values are no secrets, and would take too much with them: `X-Debug: 1`. */
const shortest = 8;

/** Puts `***` for each of the values, in case a server says them back; a bearer token also without its scheme. */
export function secretMask(values: readonly string[]): (text: string) => string {
  const secrets = values
    .flatMap((value) => [value, value.replace(/^\S+\s+/, '')])
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])
    .filter((value) => value.length >= shortest)
    .toSorted((a, b) => b.length - a.length);
  return (text) => [...new Set(secrets)].reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
