const factors: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A Kubernetes quantity (`256Mi`, `1.5G`, `1e3`, `250m`) as a number; undefined where it is none. */
export function readQuantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const [, digits, exponent, unit = ''] = /^(\+?\d+\.?\d*|\+?\.\d+)(?:([eE][+-]?\d+)|([A-Za-z]*))$/.exec(value) ?? [];
  const factor = factors[unit];
  if (digits === undefined || factor === undefined) return undefined;
  return Number(digits + (exponent ?? '')) * factor;
}
