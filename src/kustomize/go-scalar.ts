/** Manifests are read by kustomize with YAML 1.2 and old numbers; JSON patches with YAML 1.1. */
export type Dialect = 'manifest' | 'yaml 1.1';

/** What Go's YAML readers make of a scalar where they differ from the core schema: `0755`, `1_000`, `2026-01-31`. */
export function goScalar(value: unknown, written: string, dialect: Dialect): unknown {
  if (typeof value === 'string' && written !== value) return value;
  const digits = written.replaceAll('_', '');
  const number = numberOf(digits, written);
  if (number !== undefined) return number;
  if (dialect === 'manifest') return typeof value === 'string' ? (timeOf(written) ?? value) : value;
  if (typeof value !== 'string') return value;
  if (/^(?:y|Y|yes|Yes|YES|on|On|ON)$/.test(written)) return true;
  return /^(?:n|N|no|No|NO|off|Off|OFF)$/.test(written) ? false : value;
}

function numberOf(digits: string, written: string): number | undefined {
  const sign = digits.startsWith('-') ? -1 : 1;
  const bare = digits.replace(/^[-+]/, '');
  if (/^0[0-7]+$/.test(bare)) return sign * Number.parseInt(bare, 8);
  if (/^0(?:b[01]+|o[0-7]+|x[\da-f]+)$/i.test(bare)) return sign * Number(bare);
  if (digits === written || !/^\d/.test(bare)) return undefined;
  return /^(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(bare) ? sign * Number(bare) : undefined;
}

/** A date or a time becomes one with a time zone. */
function timeOf(text: string): string | undefined {
  const match =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d{2}:\d{2})| +(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?)?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [, year = '', month = '', day = '', ...times] = match;
  const [hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = times[0] ? times : times.slice(5);
  const parts = [month, day, hour, minute, second].map((part) => part.padStart(2, '0'));
  const [mm = '', dd = '', hh = '', min = '', ss = ''] = parts;
  if (Number(hh) > 23 || Number(min) > 59 || Number(ss) > 59 || !isDay(Number(year), Number(mm), Number(dd)))
    return undefined;
  const exact = fraction.slice(0, 10).replace(/\.?0+$/, '');
  return `${year}-${mm}-${dd}T${hh}:${min}:${ss}${exact}${/^[-+]00:00$/.test(zone) ? 'Z' : zone}`;
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return length !== undefined && day >= 1 && day <= length;
}

const oddKey =
  /^(?:~?|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?(?:\.\d[\d_]*|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?\d+)?|[-+]?0(?:x[\da-fA-F_]+|b[01_]+|o[0-7_]+)|\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?)$/;

/** Whether a key without quotes is no text. kustomize writes the keys that it sets without quotes, and stops then. */
export function isOddKey(key: string): boolean {
  return oddKey.test(key);
}
