/**
 * A plain scalar as YAML 1.2's core schema reads it. `yes`, `on`, `0755`, `1_000` and dates are what YAML 1.1 readers
 * (kubectl among them) take for something else: see readsDifferently.
 */
export function resolvePlain(text: string): unknown {
  // Most scalars begin with a letter that no number, boolean or null begins with.
  const first = text.charCodeAt(0);
  if (first > 0x39 && first !== 0x7e && !'tTfFnN'.includes(text.charAt(0))) return text;
  if (words.has(text)) return words.get(text);
  if (/^[-+]?[0-9]+$/.test(text)) return Number(text);
  if (/^(?:0o[0-7]+|0x[0-9a-fA-F]+)$/.test(text)) return Number(text);
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) return Number(text);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? NaN : text;
}

const words = new Map<string, boolean | null>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/** Whether some reader of YAML 1.1 or 1.2 takes this text, written without quotes, for something else than text. */
export function readsDifferently(text: string): boolean {
  return typeof resolvePlain(text) !== 'string' || yaml11.test(text);
}

const yaml11 = new RegExp(
  [
    'y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF',
    '=|<<',
    // Numbers with underscores, in bases and in sixties.
    '[-+]?0[bB][01_]+|[-+]?0[oO][0-7_]+|[-+]?0[xX][\\da-fA-F_]+',
    '[-+]?[\\d.][\\d_]*(?:\\.[\\d_]*)?(?:[eE][-+]?\\d+)?',
    '[-+]?\\d[\\d_]*(?::[0-5]?\\d)+(?:\\.[\\d_]*)?',
    // Dates and times.
    '\\d{4}-\\d{1,2}-\\d{1,2}(?:(?:[Tt]|[ \\t]+)\\d{1,2}:\\d{2}:\\d{2}.*)?',
  ]
    .map((form) => `(?:${form})`)
    .join('|')
    .replace(/^/, '^(?:')
    .replace(/$/, ')$'),
);
